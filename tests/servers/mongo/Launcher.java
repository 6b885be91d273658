import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.List;

/**
 * Serves MongoDB's protocol on 127.0.0.1: PORT (0 takes a free one), FILE to keep data in ("-": in memory), and "stay"
 * to outlive whoever started it.
 */
class Launcher {
  public static void main(String[] args) throws Exception {
    H2Backend backend = args[1].equals("-") ? H2Backend.inMemory() : new DurableBackend(args[1]);
    // The driver refuses the wire version that the library answers by itself.
    backend.version(new MongoVersion() {
      public List<Integer> getVersionArray() { return List.of(5, 0, 0); }
      public int getWireVersion() { return 13; }
    });
    MongoServer server = new MongoServer(backend);
    server.bind("127.0.0.1", Integer.parseInt(args[0]));
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
    System.out.println("listening on " + server.getLocalAddress().getPort());
    if (args.length > 2 && args[2].equals("stay")) return;
    // Ends with whoever started it, however that one ends: its end of the pipe is gone then.
    while (System.in.read() >= 0) {}
    System.exit(0);
  }
}

/** What was answered is in the file, as with a journaled write; by itself the library writes once a second. */
class DurableBackend extends H2Backend {
  DurableBackend(String file) { super(file); }

  @Override
  public Document handleMessage(MongoMessage message) {
    Document answer = super.handleMessage(message);
    commit();
    return answer;
  }
}

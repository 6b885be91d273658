/** What runs or waits under a key, by store: the last of the queue. */
const queues = new WeakMap<object, Map<string, Promise<void>>>();

/**
 * Runs work that shares a key one after the other, in the order it was asked for. For one process: where several share
 * a store, whoever comes second finds out from the store.
 */
export async function oneAtATime<T>(store: object, key: string, work: () => Promise<T>): Promise<T> {
  const queue = queues.get(store) ?? new Map<string, Promise<void>>();
  queues.set(store, queue);
  const before = queue.get(key);
  const { promise, resolve: leave } = Promise.withResolvers<void>();
  queue.set(key, promise);
  try {
    await before;
    return await work();
  } finally {
    leave();
    if (queue.get(key) === promise) queue.delete(key);
  }
}

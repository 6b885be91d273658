import type { DatabaseSync } from "node:sqlite";
import type { Collection } from "./mod.ts";

/** The field of a document inside SQL. Throws for a name that is not plain. */
export function fieldExpression(field: string): string {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,62}$/.test(field)) throw new TypeError(`Cannot index the field "${field}"`);
  return `json_extract(body, '$.${field}')`;
}

/** Makes a collection's table and indexes as declared; an index whose declaration changed is made anew. */
export function ensureTable<T extends { id: string }>(database: DatabaseSync, collection: Collection<T>): string {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(collection.name)) {
    throw new TypeError(`Cannot use "${collection.name}" as a collection's name: use lower-case letters, digits and _`);
  }
  const table = `"doc_${collection.name}"`;
  const wanted = new Map(
    Object.entries(collection.indexes).map(([name, { fields, unique }]) => {
      if (!/^[A-Za-z][A-Za-z0-9_]{0,62}$/.test(name)) throw new TypeError(`Cannot use "${name}" as an index's name`);
      if (fields.length === 0) throw new TypeError(`Cannot make the index "${name}": it names no field`);
      const columns = fields.map(fieldExpression);
      // The id ends an index that may hold equals, so that a page can begin after any one of them.
      const key = ["workspace", ...columns, ...(unique ? [] : ["id"])].join(", ");
      const holds = columns.map((column) => `${column} is not null`).join(" and ");
      const index = `${collection.name}.${name}`;
      return [index, `CREATE ${unique ? "UNIQUE " : ""}INDEX "${index}" ON ${table}(${key}) WHERE ${holds}`];
    }),
  );

  database.exec("begin immediate");
  try {
    database.exec(
      `create table if not exists ${table} (workspace text not null, id text not null, version integer not null, updated_at text not null, body text not null, primary key (workspace, id)) strict`,
    );
    const present = database
      .prepare("select name, sql from sqlite_master where type = 'index' and tbl_name = ? and sql is not null")
      .all(`doc_${collection.name}`) as { name: string; sql: string }[];
    for (const { name, sql } of present) {
      if (wanted.get(name) === sql) wanted.delete(name);
      else database.exec(`drop index "${name.replaceAll('"', '""')}"`);
    }
    for (const sql of wanted.values()) database.exec(sql);
    database.exec("commit");
  } catch (error) {
    database.exec("rollback");
    throw error;
  }
  return table;
}

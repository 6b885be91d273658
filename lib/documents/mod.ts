/**
 * DocumentStore: where dashboards, datasets, imports, jobs and other small things live.
 * Every document begins with its workspace; every change carries the version it started from.
 * Lists go over a declared index only: no filter objects, no driver types, so nothing a user types becomes an operator.
 */

import type { UpkeepStep } from "@/lib/model/mod.ts";

/** A kind of document: its name and the fields that lists may go over. Declared beside its schema. */
export interface Collection<T extends { id: string }> {
  /** snake_case; the table or collection carries this name. */
  readonly name: string;
  /** Parses what is stored; unknown fields must survive (`z.looseObject`). */
  readonly schema: { parse(value: unknown): T };
  /**
   * Index name → the document's top-level fields, compared in order; text or numbers, numbers before texts. A document
   * that lacks one of the fields (or has null there) is not in the index. `unique` refuses equals within a workspace.
   */
  readonly indexes: Readonly<Record<string, { fields: readonly string[]; unique?: boolean }>>;
}

/** A document with the version a change has to name. */
export interface Stored<T> {
  readonly doc: T;
  /** Begins at 1 and rises with each put. */
  readonly version: number;
  /** ISO 8601, by the store's clock. */
  readonly updatedAt: string;
}

/** Which slice of an index to list. */
export interface ListOptions {
  /** A declared index; by id when left out. */
  index?: string;
  /** Values that the index's first fields must equal. */
  equals?: readonly (string | number)[];
  /** Bounds on the next field, both inclusive. */
  from?: string | number;
  to?: string | number;
  /** @default "ascending" */
  direction?: "ascending" | "descending";
  /** @default 100, at most 1,000 */
  limit?: number;
  /** What the page before answered. */
  cursor?: string;
}

/** A page of documents. `cursor` is null on the last one. */
export interface Page<T> {
  readonly items: Stored<T>[];
  readonly cursor: string | null;
}

/** The role; one contract suite (`tests/contracts/document_store.ts`) holds for every implementation. */
export interface DocumentStore {
  /** Throws `ConflictError` where the id, or a unique index's value, is taken. */
  create<T extends { id: string }>(collection: Collection<T>, workspace: string, doc: T): Promise<Stored<T>>;
  get<T extends { id: string }>(collection: Collection<T>, workspace: string, id: string): Promise<Stored<T> | null>;
  /** Throws `ConflictError` (`extra.current`: the stored version) unless `expectedVersion` is what stands. */
  put<T extends { id: string }>(
    collection: Collection<T>,
    workspace: string,
    doc: T,
    expectedVersion: number,
  ): Promise<Stored<T>>;
  /** True when it was there. Throws `ConflictError` where `expectedVersion` is given and another stands. */
  delete<T extends { id: string }>(
    collection: Collection<T>,
    workspace: string,
    id: string,
    expectedVersion?: number,
  ): Promise<boolean>;
  list<T extends { id: string }>(collection: Collection<T>, workspace: string, options?: ListOptions): Promise<Page<T>>;
  /**
   * Puts a document as it stands in another store, with its version and time, in place of what stands under its id here;
   * for moving between stores, while nobody else writes. Safe to repeat. Throws `ConflictError` where another document
   * has a unique index's value.
   */
  bring<T extends { id: string }>(collection: Collection<T>, workspace: string, stored: Stored<T>): Promise<void>;
  /** The store's clock in milliseconds: leases are compared by it, never by an instance's own. */
  now(): Promise<number>;
  /** Keeps the store quick: statistics, indexes as declared. Answers what it did. Safe to repeat, and beside others. */
  maintain(): Promise<UpkeepStep[]>;
  /** Answers when the store can read and write; throws `UnavailableError` otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

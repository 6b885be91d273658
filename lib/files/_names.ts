/** Names that come from outside: checked alike by every implementation, before they become a path or a key. */
import { NotFoundError } from "@/lib/errors.ts";

const HASH = /^[0-9a-f]{64}$/;

/** A workspace's name. Throws `TypeError`. */
export function checkedWorkspace(workspace: string): string {
  if (/^[a-z][a-z0-9_]{0,62}$/.test(workspace)) return workspace;
  throw new TypeError(`Cannot use "${workspace}" as a workspace's name`);
}

/** A kept file's hash. Throws `NotFoundError`: what is no hash names no file. */
export function checkedHash(sha256: string): string {
  if (isHash(sha256)) return sha256;
  throw missingFile(sha256);
}

/** Whether a name is the hash of a file. */
export function isHash(name: string): boolean {
  return HASH.test(name);
}

/** An upload's or a part's name. Throws `TypeError`. */
export function checkedPartName(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/.test(name)) return name;
  throw new TypeError(`Cannot call a part "${name.slice(0, 128)}": use letters, digits, "_" and "-"`);
}

/** The name of a staged file. Throws `TypeError`. */
export function checkedStageName(name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/.test(name)) return name;
  throw new TypeError(`Cannot stage a file as "${name}": use a name made of letters, digits, ".", "_" and "-"`);
}

/** There is no such file. */
export function missingFile(sha256: string): NotFoundError {
  return new NotFoundError(`There is no file "${sha256.slice(0, 64)}"`);
}

/** There is no such part. */
export function missingPart(upload: string, part: string): NotFoundError {
  return new NotFoundError(`The part "${part}" of "${upload}" is not there`);
}

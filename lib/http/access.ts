import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Config } from "@/lib/config.ts";
import { TesseraError } from "@/lib/errors.ts";

/** The session's cookie: `__Host-` ties it to this host, the root path and a secure connection. */
export const SESSION_COOKIE = "__Host-tessera";
const SESSION_SECONDS = 30 * 86_400;
const ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Lax";

type AccessConfig = Pick<Config, "accessToken">;

/** Throws `TesseraError` 401 unless no token is set, or the request carries it as Bearer, or a session's cookie. */
export function checkAccess(request: Request, { accessToken }: AccessConfig, now: number = Date.now()): void {
  if (accessToken === undefined) return;
  const bearer = /^Bearer\s+(.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (bearer !== undefined) {
    if (isSame(bearer.trim(), accessToken)) return;
    throw new TesseraError("wrong-token", "Cannot let this in: the Bearer token is not the access token", 401);
  }
  if (readCookies(request).some((session) => isSession(session, accessToken, now))) return;
  const mend = "sign in with the access token, or send it as Authorization: Bearer";
  throw new TesseraError("sign-in", `Cannot let this in: nobody is signed in; ${mend}`, 401);
}

/** The `Set-Cookie` of a new session, or null where the token is not the access token. */
export function signIn(token: string, { accessToken }: AccessConfig, now: number = Date.now()): string | null {
  if (accessToken === undefined || !isSame(token.trim(), accessToken)) return null;
  const body = `${Math.floor(now / 1_000)}.${randomBytes(16).toString("hex")}`;
  const session = `${body}.${sign(body, accessToken)}`;
  return `${SESSION_COOKIE}=${session}; ${ATTRIBUTES}; Max-Age=${SESSION_SECONDS}`;
}

/** The `Set-Cookie` that ends the session in this browser. */
export function signOut(): string {
  return `${SESSION_COOKIE}=; ${ATTRIBUTES}; Max-Age=0`;
}

/** A session is signed with a key made from the token: it tells nothing of the token, and ends when that changes. */
function isSession(session: string, accessToken: string, now: number): boolean {
  const match = /^((\d{1,12})\.[0-9a-f]{32})\.([0-9a-f]{64})$/.exec(session);
  if (!match) return false;
  const age = Math.floor(now / 1_000) - Number(match[2]);
  return age >= -60 && age < SESSION_SECONDS && isSame(match[3]!, sign(match[1]!, accessToken));
}

function sign(body: string, accessToken: string): string {
  const key = createHmac("sha256", accessToken).update("tessera session key").digest();
  return createHmac("sha256", key).update(body).digest("hex");
}

const COMPARING = randomBytes(32);

/** Compares in the same time whatever the texts are, their lengths included. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHmac("sha256", COMPARING).update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

function readCookies(request: Request): string[] {
  return (request.headers.get("cookie") ?? "").split(";").map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${SESSION_COOKIE}=`))
    .map((pair) => pair.slice(SESSION_COOKIE.length + 1));
}

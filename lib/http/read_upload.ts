import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { Busboy } from "@fastify/busboy";
import { z } from "zod";
import { InputError, TesseraError } from "@/lib/errors.ts";
import { slugSchema } from "@/lib/model/mod.ts";
import { singleValues } from "./single_values.ts";

const flag = z.enum(["true", "false", "1", "0"]).transform((text) => text === "true" || text === "1").default(false);
const uploadSchema = z.object({
  // A form without a choice sends an empty one.
  dataset: z.preprocess((value) => value === "" ? undefined : value, slugSchema.optional()),
  filename: z.string().max(1_000).optional(),
  mode: z.enum(["merge", "replace"]).default("merge"),
  again: flag,
  confirm: flag,
});

/** A file on its way in: `body` streams, nothing of it is in memory yet. */
export type Upload = Omit<z.output<typeof uploadSchema>, "filename"> & {
  filename: string;
  body: ReadableStream<Uint8Array>;
};

/** What a form may have around its file. */
const FORM_BYTES = 64 * 2 ** 10;

/**
 * Reads `POST /api/imports`: the body is the file itself, or a form with a field `file`. A form's fields before the
 * file count as parameters too, as a page without scripts sends them; the address wins.
 * Throws `InputError` 400 for parameters that do not fit, and for a body without a file; 413 for one that is said to be
 * longer than `maxBytes` (whoever reads the body counts what really comes). The body throws `TesseraError` 400
 * `broke-off` where it ends too soon.
 */
export async function readUpload(
  request: Request,
  params: URLSearchParams,
  { maxBytes = Infinity }: { maxBytes?: number } = {},
): Promise<Upload> {
  const asked = singleValues(params);
  readParameters(asked); // before any of the body is read
  if (!request.body) {
    throw new InputError("no-file", "Cannot take the file: the body is empty; send the file as the body", {}, 400);
  }
  const isForm = request.headers.get("content-type")?.toLowerCase().startsWith("multipart/form-data");
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes + (isForm ? FORM_BYTES : 0)) {
    throw new InputError("too-large", `Cannot keep the file: it is larger than ${maxBytes} bytes`, { maxBytes }, 413);
  }
  const { filename, fields, body } = isForm
    ? await fileOfForm(request.headers.get("content-type")!, request.body)
    : { filename: undefined, fields: {}, body: wholeBody(request.body) };
  const parameters = readParameters({ ...fields, ...asked });
  return { ...parameters, filename: displayName(parameters.filename ?? filename ?? "upload.csv"), body };
}

function readParameters(values: Record<string, string>): z.output<typeof uploadSchema> {
  const parsed = uploadSchema.safeParse(values);
  if (parsed.success) return parsed.data;
  throw new InputError("bad-upload", `Cannot take the file: ${z.prettifyError(parsed.error)}`, {}, 400);
}

/** A name to show: the last part of a path, without control and direction marks; nothing on disk is called by it. */
export function displayName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? "";
  // deno-lint-ignore no-control-regex -- control characters are what this removes
  const plain = last.replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").trim();
  return plain.slice(0, 200) || "upload.csv";
}

/** The same bytes; a client that goes away is told as what it is, not as a failure of ours. */
export function wholeBody(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        const text = "Cannot take the file: it broke off before its end; send it again";
        controller.error(new TesseraError("broke-off", text, 400, {}, { cause: error }));
      }
    },
    cancel: (reason) => reader.cancel(reason),
  }, { highWaterMark: 0 });
}

/** Answers as soon as the field `file` begins; the rest of the form is read as the file is. */
function fileOfForm(
  contentType: string,
  body: ReadableStream<Uint8Array>,
): Promise<{ filename: string | undefined; fields: Record<string, string>; body: ReadableStream<Uint8Array> }> {
  return new Promise((resolve, reject) => {
    const bad = (why: string) => reject(new InputError("bad-form", `Cannot read the form: ${why}`, {}, 400));
    let form: InstanceType<typeof Busboy>;
    try {
      form = new Busboy({
        headers: { "content-type": contentType },
        limits: { files: 1, fields: 20, fieldSize: 10_000, fileSize: Infinity },
      });
    } catch (error) {
      return bad((error as Error).message);
    }
    const source = Readable.fromWeb(body as unknown as NodeReadableStream);
    let found = false;
    const fields: Record<string, string> = {};
    form.on("field", (name, value) => {
      if (Object.hasOwn(uploadSchema.shape, name)) fields[name] = value;
    });
    form.on("file", (field, stream, filename) => {
      // A form that breaks off is told once to the form and once more to the file, which nobody may be reading yet or
      // any more; an error that nobody hears ends the process.
      stream.on("error", () => {});
      if (field !== "file") return stream.resume();
      found = true;
      // A form that breaks off must not look like a file that ends.
      source.on("error", (error) => stream.destroy(error as Error));
      form.on("error", (error) => stream.destroy(error as Error));
      // Whoever stops reading early (a file over the limit) ends the form with it. Readable.toWeb would go on filling
      // the cancelled stream and throw where nobody can catch.
      stream.on("close", () => stream.readableEnded || source.destroy());
      resolve({ filename, fields, body: wholeBody(ReadableStream.from<Uint8Array>(stream)) });
    });
    form.on("error", (error) => found || bad((error as Error).message));
    form.on("finish", () => found || bad('it has no field named "file"'));
    source.on("error", (error) => found || bad(error.message));
    source.pipe(form);
  });
}

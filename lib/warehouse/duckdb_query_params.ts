/** Values of one statement: each becomes `$n::type`, so nothing that a person typed is ever part of the text. */
export class StatementParams {
  readonly values: (string | bigint | number | boolean | null)[] = [];

  /** Adds a value and answers its placeholder with an explicit cast. */
  add(value: string | bigint | number, type: "varchar" | "bigint" | "double" | "date" | "hugeint"): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}

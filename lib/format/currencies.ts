/** Codes that stand for no money people pay with: metals, funds, tests, no currency. */
const NO_MONEY = /^(X(?!AF$|OF$|PF$|CD$)..|BOV|CHE|CHW|CLF|COU|MXV|USN|UYI|UYW)$/;

/** Currencies to choose from, by code: `EUR – Euro`. */
export function currencyChoices(locale: string): { code: string; name: string }[] {
  const names = new Intl.DisplayNames([locale], { type: "currency" });
  return Intl.supportedValuesOf("currency").filter((code) => !NO_MONEY.test(code))
    .map((code) => ({ code, name: names.of(code) ?? code }));
}

import { formatPeriodFull, isDay } from "@/lib/format/mod.ts";
import type { ImportQuestion } from "@/lib/model/mod.ts";
import { Icon } from "../Icon.tsx";

/** Past so many choices a list to pick from reads better than cards. */
const MOST_CARDS = 6;

/** How the fields of an answer begin; the question's id follows. `lib/http/import_actions.ts` reads them. */
const FIELD = {
  /** The chosen value; empty where the text in `other` is meant. */
  answer: "answer:",
  other: "other:",
  from: "from:",
  to: "to:",
};

/**
 * Questions that only the user can answer, as one plain form. Nothing is chosen beforehand: that would be a guess; but
 * what was answered already, in a form that was not taken, stays.
 */
export function Questions({ questions, given = {}, checks = false, action, hidden, locale }: {
  questions: ImportQuestion[];
  /** What it changes is shown before it does. */
  checks?: boolean;
  given?: Record<string, string>;
  action: string;
  locale: string;
  hidden: Record<string, string>;
}) {
  return (
    <form class="questions" method="post" action={action}>
      {Object.entries(hidden).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      {questions.map((question, i) => (
        <Question key={question.id} question={question} number={i} locale={locale} given={given[question.id] ?? ""} />
      ))}
      <div class="questions__end">
        <button class="button button--primary" type="submit">
          {questions.length === 1 ? "Answer" : "Answer all"} and {checks ? "check" : "import"}
        </button>
        <p class="quiet">Nothing is imported before you answer.</p>
      </div>
    </form>
  );
}

function Question({ question, number, locale, given }: {
  question: ImportQuestion;
  number: number;
  locale: string;
  given: string;
}) {
  const { title, detail, choices } = question;
  const detailId = detail ? `question-${number}-detail` : undefined;
  return (
    <fieldset class="question" aria-describedby={detailId}>
      <legend class="question__title">
        <Icon name="question" />
        {title}
      </legend>
      {detail && <p class="question__detail" id={detailId}>{detail}</p>}
      {question.kind === "range" && choices.length === 0
        ? <DaysAnswer question={question} given={given} />
        : choices.length === 0
        ? <FreeAnswer question={question} given={given} />
        : choices.length > MOST_CARDS && question.kind !== "account"
        ? <PickAnswer question={question} given={given} />
        : <Cards question={question} locale={locale} given={given} />}
    </fieldset>
  );
}

interface Answer {
  question: ImportQuestion;
  /** What was answered before; empty where nothing was. */
  given: string;
}

function FreeAnswer({ question, given }: Answer) {
  return (
    <input
      class="input question__free"
      type="text"
      name={FIELD.answer + question.id}
      value={given}
      aria-label={question.title}
      autocomplete="off"
      maxLength={200}
      required
    />
  );
}

function DaysAnswer({ question: { id }, given }: Answer) {
  const [from, to] = given.split("..");
  return (
    <div class="question__days">
      <label class="field">
        <span class="field__label">First day</span>
        <input class="input" type="date" name={FIELD.from + id} value={from || undefined} required />
      </label>
      <label class="field">
        <span class="field__label">Last day</span>
        <input class="input" type="date" name={FIELD.to + id} value={to} required />
      </label>
    </div>
  );
}

function PickAnswer({ question, given }: Answer) {
  return (
    <select class="select question__free" name={FIELD.answer + question.id} aria-label={question.title} required>
      <option value="">Choose …</option>
      {question.choices.map(({ value, title }) => (
        <option key={value} value={value} selected={value === given}>{title}</option>
      ))}
    </select>
  );
}

function Cards({ question, locale, given }: Answer & { locale: string }) {
  const isOther = given !== "" && question.choices.every(({ value }) => value !== given);
  return (
    <div class="question__choices">
      {question.choices.map(({ value, title, preview }) => (
        <label key={value} class="choice">
          <input
            class="choice__input"
            type="radio"
            name={FIELD.answer + question.id}
            value={value}
            checked={value === given}
            required
          />
          <span class="choice__title">{title}</span>
          {preview.length > 0 && (
            <span class="choice__preview">
              {preview.slice(0, 4).map(({ raw, read }, i) => (
                <span key={i} class="choice__line">
                  <code>{raw}</code>
                  <span>read as</span>
                  <strong>{isDay(read) ? formatPeriodFull(read, "day", { locale }) : read}</strong>
                </span>
              ))}
            </span>
          )}
        </label>
      ))}
      {question.kind === "account" && (
        <div class="choice">
          <label class="choice__title">
            <input
              class="choice__input"
              type="radio"
              name={FIELD.answer + question.id}
              value=""
              checked={isOther}
              required
            />
            Another account
          </label>
          <input
            class="input"
            type="text"
            name={FIELD.other + question.id}
            value={isOther ? given : ""}
            aria-label="Name of the other account"
            autocomplete="off"
            maxLength={200}
          />
        </div>
      )}
    </div>
  );
}

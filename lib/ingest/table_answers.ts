/** Answers that are about one table of several: their keys begin with the table's name. Pure. */
import type { ImportQuestion } from "@/lib/model/mod.ts";

/** Questions whose keys would be alike in two tables of a file and mean different things. */
const OWN = /^(?:dataset|column:column_\d+)$/;

/** The answers as one table knows them: its own without its name before them. */
export function tableAnswers(answers: Record<string, string>, name: string): Record<string, string> {
  const own = Object.entries(answers).flatMap(([id, answer]) =>
    id.startsWith(`${name}/`) ? [[id.slice(name.length + 1), answer]] : []
  );
  return { ...answers, ...Object.fromEntries(own) };
}

/** The questions of one table of several, so that no other's answer is taken for its own. */
export function tableQuestions(questions: ImportQuestion[], name: string): ImportQuestion[] {
  return questions.map((question) =>
    OWN.test(question.id)
      ? { ...question, id: `${name}/${question.id}`, title: `${question.title} (${name})` }
      : question
  );
}

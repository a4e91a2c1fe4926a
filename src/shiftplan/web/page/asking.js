/** Questions to the server that take seconds: asked once, looked at until answered, said in any language. */

import { del, get, post } from "./api.js";
import { changed, draftName } from "./store.js";
import { lang } from "./words.js";

const PAUSE = 400; // milliseconds between two looks
const MOST = 40; // answers that are kept, as the server keeps them
const answers = new Map(); // question as JSON -> {question, answer, lang, failed}

/** Whether the server still looks for an answer. */
export const isOpen = (answer) => answer.state === "waiting" || answer.state === "running";
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** The answer to a question, as far as it is there; undefined if it was not asked. */
export function answerTo(question) {
  const found = answers.get(JSON.stringify(question));
  if (found?.answer && !isOpen(found.answer) && found.lang !== lang && !found.failed) sayAgain(found);
  return found;
}

/** Ask a question, anew if it was asked before. */
export async function ask(question) {
  const found = { question, answer: null, lang, failed: "" };
  const key = JSON.stringify(question);
  forget(question);
  answers.set(key, found);
  if (answers.size > MOST) forget(answers.values().next().value.question);
  changed();
  try {
    found.answer = await post("questions", question, { lang, draft: draftName() });
    while (isOpen(found.answer) && answers.get(key) === found) {
      changed();
      await wait(PAUSE);
      found.lang = lang;
      found.answer = await get(`questions/${found.answer.id}`, { lang });
    }
  } catch (error) {
    found.failed = error.message;
  }
  changed();
}

/** Say an answer in the language chosen since. */
async function sayAgain(found) {
  found.lang = lang;
  try {
    found.answer = await get(`questions/${found.answer.id}`, { lang });
  } catch (error) {
    found.failed = error.message;
  }
  changed();
}

/** Stop looking for an answer; what was found by then is said. */
export const stop = (question) => end(answers.get(JSON.stringify(question)));

async function end(found) {
  if (!found?.answer || !isOpen(found.answer)) return;
  await del(`questions/${found.answer.id}`).catch((error) => (found.failed = error.message));
}

/** Put an answer away. */
export function forget(question) {
  const key = JSON.stringify(question);
  end(answers.get(key));
  answers.delete(key);
  changed();
}

/** Record the changes of a what-if. */
export const record = (question, why) => go(question, "record", { why });

/** Make the roster of a what-if a proposal; returns its version, null if it was refused. */
export async function propose(question) {
  await go(question, "proposal");
  return answers.get(JSON.stringify(question))?.answer?.proposal ?? null;
}

/** Do something with an answer, which says afterwards what became of it. */
async function go(question, what, body) {
  const found = answers.get(JSON.stringify(question));
  found.failed = "";
  try {
    found.answer = await post(`questions/${found.answer.id}/${what}`, body, { lang });
  } catch (error) {
    found.failed = error.message;
  }
  changed();
}

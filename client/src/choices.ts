/** What the user chose in VS Code's language picker, document by document; it outlives the window. */
import type { Memento, TextDocument, Uri } from 'vscode';

type Choice = readonly [uri: string, language: string];

const key = 'languageChosenByUser';

/** The oldest choices beyond this many are forgotten. */
const most = 200;

/** The user's choices of languages. */
export interface LanguageChoices {
  /** The language chosen for a document; undefined where none was. */
  of(uri: Uri): string | undefined;
  /** The document's present language is the user's choice. */
  remember(document: TextDocument): Promise<void>;
  /** Any guess is welcome again. */
  forget(uri: Uri): Promise<void>;
}

/** The choices that `memory` keeps. */
export function languageChoices(memory: Memento): LanguageChoices {
  const all = (): readonly Choice[] => memory.get(key, []);
  const others = (uri: Uri): readonly Choice[] => all().filter(([known]) => known !== uri.toString());
  return {
    of: (uri) => all().find(([known]) => known === uri.toString())?.[1],
    async remember({ uri, languageId }) {
      const choice: Choice = [uri.toString(), languageId];
      await memory.update(key, [...others(uri), choice].slice(-most));
    },
    async forget(uri) {
      const rest = others(uri);
      if (rest.length < all().length) await memory.update(key, rest);
    },
  };
}

/** Logs that the editor shows without making them documents: the server reads them from the disk. */
import { expect, test } from 'vitest';
import { notifications, requests } from '../../server/src/requestTypes.js';
import { client, folder, jmName, logs, tmName } from './samples.js';

const show = (...uris: readonly string[]): Promise<void> =>
  client.connection.sendNotification(notifications.shownLogs, { uris });

const jobs = async (uri: string): Promise<string[]> => {
  const { nodes } = await client.connection.sendRequest(requests.tree, { uri, parent: null, failuresOnly: false });
  return nodes.filter(({ kind }) => kind === 'job').map(({ description }) => description);
};

/** Asks for the text of a slice, as a client that keeps what it was given, and tells how much of it stayed. */
function textsOf(uri: string): () => Promise<{ text: string; kept: number }> {
  let text = '';
  let edition: number | null = null;
  return async () => {
    const answer = await client.connection.sendRequest(requests.sliceText, {
      uri,
      ...(edition === null ? {} : { edition }),
    });
    if ('problem' in answer) throw new Error(answer.problem);
    text = text.slice(0, answer.kept) + answer.text;
    edition = answer.edition;
    return { text, kept: answer.kept };
  };
}

test('have the tree, with the logs beside them, the problems and the digest', async () => {
  const uri = folder.uri(jmName);
  await show(uri);
  await client.analysed(uri);
  expect(await jobs(uri)).toEqual([expect.stringContaining('2 expired') as string]);
  expect(client.diagnostics.get(uri)?.map(({ code }) => code)).toContain('expired');
  const digest = (await client.connection.sendRequest(requests.sliceUri, { uri, digest: true })) ?? '';
  const answer = await client.connection.sendRequest(requests.sliceText, { uri: digest });
  expect(answer).toMatchObject({ text: expect.stringContaining('Checkpoint 4 of job') as string });
});

test('are followed while they grow, and let go when they are shown no more', async () => {
  const text = logs[jmName] ?? '';
  const cut = text.indexOf('\n', text.indexOf('Triggering checkpoint 4 ')) + 1;
  folder.write(jmName, text.slice(0, cut));
  const uri = folder.uri(jmName);
  await show(uri);
  await client.analysed(uri);
  expect(await jobs(uri)).toEqual([expect.not.stringContaining('expired') as string]);
  folder.append(jmName, text.slice(cut));
  await client.fileChanged(uri);
  await client.analysed(uri, 2);
  expect(await jobs(uri)).toEqual([expect.stringContaining('2 expired') as string]);
  await show();
  expect(await jobs(uri)).toEqual([]);
  expect(client.diagnostics.get(uri)).toEqual([]);
});

test('have a digest that grows with them, also where they roll', async () => {
  const text = logs[jmName] ?? '';
  const uri = folder.uri(jmName);
  await show(uri);
  await client.analysed(uri);
  const digest = (await client.connection.sendRequest(requests.sliceUri, { uri, digest: true })) ?? '';
  const now = textsOf(digest);
  const { text: whole } = await now();
  expect(whole).toContain('Checkpoint 4 of job');

  const ends = [0.3, 0.6].map((share) => text.indexOf('\n', text.length * share) + 1);
  const [early, middle, late] = [text.slice(0, ends[0]), text.slice(...ends), text.slice(ends[1])];
  folder.write(jmName, early);
  await client.fileChanged(uri);
  await client.analysed(uri, 2);
  const { text: first } = await now();
  expect(first).not.toBe(whole);
  folder.append(jmName, middle);
  await client.fileChanged(uri);
  await client.analysed(uri, 3);
  const { text: second, kept } = await now();
  expect(second).not.toBe(whole);
  expect(kept).toBe(first.length);
  folder.move(jmName, `${jmName}.1`);
  folder.write(jmName, late);
  await client.fileChanged(uri);
  await client.analysed(uri, 4);
  expect((await now()).text).toBe(whole);
  expect(await now()).toEqual({ text: whole, kept: whole.length });
});

test('stay analysed when they become documents', async () => {
  const uri = folder.uri(jmName);
  await show(uri);
  const { at } = client.open(uri, logs[jmName] ?? '');
  await show();
  const jump = { uri, position: at('Triggering checkpoint 4 ', ' 4 '), direction: 'next', of: 'event' } as const;
  expect(await client.connection.sendRequest(requests.neighbour, jump)).toMatchObject({
    uri: expect.stringMatching(/\.log$/) as string,
  });
});

test('join the set of a document beside them', async () => {
  client.open(folder.uri(tmName), logs[tmName] ?? '');
  await client.analysed(folder.uri(tmName));
  const uri = folder.uri(jmName);
  await show(uri);
  await client.analysed(uri);
  expect(await jobs(uri)).toEqual(await jobs(folder.uri(tmName)));
});

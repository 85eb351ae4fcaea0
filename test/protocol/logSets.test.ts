import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  CancellationTokenSource,
  CodeLensRequest,
  CodeLensResolveRequest,
  HoverRequest,
  LSPErrorCodes,
  SemanticTokensRequest,
} from 'vscode-languageserver-protocol/node';
import { packedScheme } from '../../server/src/protocol.js';
import { requests } from '../../server/src/requestTypes.js';
import { logsOf } from '../clusters.js';
import { folderWith, sample, startClient, type Client } from './client.js';

const files = Object.fromEntries(logsOf('samples').map(({ name, text }) => [name, text]));
const [jmName = '', tmName = ''] = Object.keys(files);
const jmText = files[jmName] ?? '';
const expiry = jmText.split('\n').findIndex((line) => line.includes('Checkpoint 4 of job'));
const phases = ' · sync ≤ 7.0s / async 36ms';
const waited = 'waited for stateful-process -> enrich-map (3/4)';

let client: Client | undefined;
const cleanups: (() => void)[] = [];

beforeEach(() => {
  client = undefined;
});
afterEach(async () => {
  await client?.stop();
  for (const cleanup of cleanups.splice(0)) cleanup();
});

const folder = (content: Readonly<Record<string, string | Uint8Array>>): ReturnType<typeof folderWith> => {
  const made = folderWith(content);
  cleanups.push(made.remove);
  return made;
};

/** Title of the lens at a line of the document. */
async function title(server: Client, uri: string, line = expiry): Promise<string | undefined> {
  const textDocument = { uri };
  const lenses = (await server.connection.sendRequest(CodeLensRequest.type, { textDocument })) ?? [];
  const lens = lenses.find(({ range }) => range.start.line === line);
  return lens === undefined
    ? undefined
    : (await server.connection.sendRequest(CodeLensResolveRequest.type, lens)).command?.title;
}

test('a file alone in its folder knows what its own lines say', async () => {
  client = await startClient();
  const { uri } = folder({ [jmName]: jmText });
  client.open(uri(jmName), jmText);
  expect(await title(client, uri(jmName))).toBe(waited);
});

test('other Flink logs of the folder join in, whatever they are called; other files do not', async () => {
  client = await startClient();
  const { uri } = folder({
    [jmName]: jmText,
    'a b (1).txt': files[tmName] ?? '',
    'notes.txt': 'no log\n',
    'x.bin': '\0\0',
  });
  client.open(uri(jmName), jmText);
  expect(await title(client, uri(jmName))).toBe(waited + phases);
});

test('compressed logs of the folder join in, and their text can be read', async () => {
  client = await startClient();
  const { uri } = folder({ [jmName]: jmText, 'tm.log.1.gz': gzipSync(files[tmName] ?? '') });
  client.open(uri(jmName), jmText);
  expect(await title(client, uri(jmName))).toBe(waited + phases);
  const packed = uri('tm.log.1.gz').replace('file:', `${packedScheme}:`);
  expect(await client.connection.sendRequest(requests.packedText, { uri: packed })).toBe(files[tmName]);
  // A document of it belongs to the same set.
  client.open(packed, files[tmName] ?? '');
  expect(await title(client, uri(jmName))).toBe(waited + phases);
  await expect(
    client.connection.sendRequest(requests.packedText, { uri: `${packedScheme}:///no/such.gz` }),
  ).rejects.toThrow('ENOENT');
});

test.each(['zst', 'bz2', 'xz'])(
  'logs packed as .%s join in, too, be they of a folder or of an archive',
  async (kind) => {
    const started = await startClient();
    client = started;
    const [jm, ...others] = logsOf('1.20.5-expired-info');
    const packed = (name: string): Buffer => readFileSync(`test/fixtures/packed/${name}.${kind}`);
    const { uri } = folder({
      [jm?.name ?? '']: jm?.text ?? '',
      ...Object.fromEntries(others.map(({ name }) => [`${name}.${kind}`, packed(name)])),
      [`below/logs.tar.${kind}`]: packed('logs.tar'),
    });
    const { uri: open } = started.open(uri(jm?.name), jm?.text ?? '');
    const labels = async (set: string): Promise<string[]> => {
      const { nodes } = await started.connection.sendRequest(requests.tree, {
        uri: set,
        parent: 'files',
        failuresOnly: false,
      });
      return nodes.map(({ label, state }) => `${label} ${state}`);
    };
    expect(await labels(open)).toHaveLength(3);
    for (const { name, text } of others) {
      const document = `${packedScheme}:${uri(`${name}.${kind}`).slice('file://'.length)}`;
      expect(await started.connection.sendRequest(requests.packedText, { uri: document })).toBe(text);
    }
    const named = [{ kind: 'folder' as const, uri: uri('below') }];
    const asked = await started.connection.sendRequest(requests.analyze, { named, joined: null });
    expect(asked?.logs).toBe(3);
    expect((await labels(asked?.uri ?? '')).every((label) => label.endsWith(' none'))).toBe(true);
  },
);

test('the open text wins over the disk', async () => {
  client = await startClient();
  const { uri } = folder({ [jmName]: jmText, [tmName]: 'nothing yet\n' });
  client.open(uri(tmName), files[tmName] ?? '');
  client.open(uri(jmName), jmText);
  expect(await title(client, uri(jmName))).toBe(waited + phases);
});

test('an untitled document is a set of its own', async () => {
  client = await startClient();
  client.open('untitled:Untitled-1', jmText);
  expect(await title(client, 'untitled:Untitled-1')).toBe(waited);
});

test('a document on a file system that cannot be read is a set of its own', async () => {
  client = await startClient();
  client.open('vscode-vfs://host/logs/jm.log', jmText);
  expect(await title(client, 'vscode-vfs://host/logs/jm.log')).toBe(waited);
});

test('edits are seen by the next request, and the tree is told', async () => {
  client = await startClient();
  const uri = 'untitled:Untitled-1';
  client.open(uri, '');
  await client.analysed(uri);
  const line = 'Checkpoint 7 of job 78d268e6fbc19411185f7e4868a44178 expired before completing.';
  await client.change(uri, 2, line, { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } });
  const hover = await client.connection.sendRequest(HoverRequest.type, {
    textDocument: { uri },
    position: { line: 0, character: 3 },
  });
  expect(JSON.stringify(hover)).toContain('Checkpoint 7 expired');
  await client.analysed(uri, 2);
});

test('a sibling that changes on the disk is read again', async () => {
  client = await startClient();
  const { uri, write } = folder({ [jmName]: jmText });
  client.open(uri(jmName), jmText);
  await client.analysed(uri(jmName));
  expect(client.registrations.map(({ method }) => method)).toContain('workspace/didChangeWatchedFiles');
  write(tmName, files[tmName] ?? '');
  await client.fileChanged(uri(tmName));
  await client.analysed(uri(jmName), 2);
  expect(await title(client, uri(jmName))).toBe(waited + phases);
  expect(client.refreshes()).toBeGreaterThan(0);
});

test('diagnostics leave with their log, and its folder is not watched any more', async () => {
  client = await startClient();
  const { uri, text } = sample('standalonesession');
  client.open(uri, text);
  await client.analysed(uri);
  expect(client.diagnostics.get(uri)?.length).toBeGreaterThan(0);
  await client.close(uri);
  // Answered after the notification before it was handled.
  expect(await title(client, uri)).toBeUndefined();
  expect(client.diagnostics.get(uri)).toEqual([]);
  const answer = await client.connection.sendRequest(requests.tree, { uri, parent: null, failuresOnly: false });
  expect(answer).toEqual({ nodes: [], message: null, set: null });
  expect(client.registrations.map(({ method }) => method)).not.toContain('workspace/didChangeWatchedFiles');
});

test('a finding shows once, also when several logs of the set are open', async () => {
  client = await startClient();
  const jm = sample('standalonesession');
  const tm = sample('taskexecutor-0');
  client.open(jm.uri, jm.text);
  client.open(tm.uri, tm.text);
  await client.analysed(tm.uri);
  const codes = [jm.uri, tm.uri].flatMap((uri) => client?.diagnostics.get(uri) ?? []).map(({ code }) => code);
  expect(codes.filter((code) => code === 'expired')).toHaveLength(1);
});

test('what the user switched off stays off', async () => {
  client = await startClient({
    settings: { codeLens: { enabled: false }, diagnostics: { enabled: false }, siblings: { enabled: false } },
  });
  const { uri, text } = sample('standalonesession');
  client.open(uri, text);
  await client.analysed(uri);
  const textDocument = { uri };
  expect(await client.connection.sendRequest(CodeLensRequest.type, { textDocument })).toEqual([]);
  expect(client.diagnostics.get(uri)).toEqual([]);
});

test('settings of what is shown come into effect without a log being read again', async () => {
  client = await startClient();
  const { uri, unlink } = folder({ 'jm.log': jmText, 'tm.log': files[tmName] ?? '' });
  const jm = uri('jm.log');
  client.open(jm, jmText);
  await client.analysed(jm);
  const withBoth = await title(client, jm);
  const found = client.diagnostics.get(jm) ?? [];
  expect(found).not.toEqual([]);
  const patience = { timeout: 20_000 };
  // Read again, the set would miss it.
  unlink('tm.log');
  await client.configure({ diagnostics: { enabled: false }, thresholds: { slowMs: 1 } });
  await expect.poll(() => client?.diagnostics.get(jm), patience).toEqual([]);
  await client.configure({ codeLens: { enabled: false }, cache: { enabled: false } });
  await expect.poll(() => client?.diagnostics.get(jm), patience).toEqual(found);
  const textDocument = { uri: jm };
  expect(await client.connection.sendRequest(CodeLensRequest.type, { textDocument })).toEqual([]);
  await client.configure({});
  await expect
    .poll(() => client?.connection.sendRequest(CodeLensRequest.type, { textDocument }), patience)
    .not.toEqual([]);
  expect(await title(client, jm)).toBe(withBoth);
});

test('layouts that the user describes are read, from when on the setting changes', async () => {
  const pattern = '<%d{dd/MM/yyyy HH:mm:ss.SSS}> {%p} #%c# %m%n';
  const line = '<22/11/2026 13:40:06.343> {INFO} #o.a.f.r.c.CheckpointCoordinator# ';
  const job = '78d268e6fbc19411185f7e4868a44178';
  const text = [
    `${line}Triggering checkpoint 7 (type=CheckpointType{name='Checkpoint', sharingFilesStrategy=FORWARD_BACKWARD}) @ 1795354806343 for job ${job}.`,
    `${line}Checkpoint 7 of job ${job} expired before completing.`,
  ].join('\n');
  client = await startClient();
  const { uri } = folder({ 'jm.log': text });
  client.open(uri('jm.log'), text);
  const tokens = async (): Promise<number> => {
    const answer = await client?.connection.sendRequest(SemanticTokensRequest.type, {
      textDocument: { uri: uri('jm.log') },
    });
    return (answer?.data.length ?? 0) / 5;
  };
  await client.analysed(uri('jm.log'));
  const before = await tokens();
  await client.configure({ layouts: [pattern, '%d %m %c%n'] });
  await client.analysed(uri('jm.log'), 2);
  expect(await tokens()).toBeGreaterThan(before);
  const onTime = { textDocument: { uri: uri('jm.log') }, position: { line: 0, character: 5 } };
  const hover = await client.connection.sendRequest(HoverRequest.type, onTime);
  expect(JSON.stringify(hover)).toContain('2026-11-22 13:40:06.343');
  expect(client.warnings).toEqual([
    'The layout "%d %m %c%n" is not used: nothing but %n and the exception may follow the message (%m).',
  ]);
  await client.configure({ layouts: ['%d %m %c%n'] });
  await client.analysed(uri('jm.log'), 3);
  expect(await tokens()).toBe(before);
  expect(client.warnings).toHaveLength(1);
});

test('a client that knows no commands gets lenses without one', async () => {
  client = await startClient({ showRelated: false });
  const textDocument = { uri: 'untitled:Untitled-1' };
  client.open(textDocument.uri, jmText);
  const [lens] = (await client.connection.sendRequest(CodeLensRequest.type, { textDocument })) ?? [];
  if (lens === undefined) throw new Error('no lens');
  const { command } = await client.connection.sendRequest(CodeLensResolveRequest.type, lens);
  expect(command).toEqual({ title: expect.stringContaining('completed') as string, command: '' });
});

test('a cancelled request is answered as cancelled, and the next one is answered', async () => {
  client = await startClient();
  const { uri, text } = sample('standalonesession');
  client.open(uri, text);
  const cancellation = new CancellationTokenSource();
  const request = client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } }, cancellation.token);
  cancellation.cancel();
  await expect(request).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
  expect(await title(client, uri)).toBe(waited + phases);
});

test('forms that people paste are known alone and amid an article', async () => {
  client = await startClient();
  const forms = [
    'Checkpoint 1 of job 78d268e6fbc19411185f7e4868a44178 expired before completing.',
    'Received late message for now expired checkpoint attempt 1 from 0b60f08bf3793875b59f8d9bc74ce2e1 of job 78d268e6fbc194111c',
    'Decline checkpoint 10423 by task 0b60f08bf3793875b59f8d9bc74ce2e1 of job 85d268e6fbc19411185f7e4868a44178.',
    'DEBUGStarting checkpoint (604) CHECKPOINT on task taskNameWithSubtasks\n\n(4/4)',
    'Starting checkpoint (604) CHECKPOINT on task taskNameWithSubtasks (4/4)',
    'DEBUG2019-08-06 13:43:02,613 DEBUG org.apache.flink.runtime.state.AbstractSnapshotStrategy - DefaultOperatorStateBackend snapshot (FsCheckpointStorageLocation {fileSystem=org.apache.flink.core.fs.SafetyNetWrapperFileSystem@70442baf, checkpointDirectory=xxxxxxxx, sharedStateDirectory=xxxxxxxx, taskOwnedStateDirectory=xxxxxx, metadataFilePath=xxxxxx, reference=(default), fileStateSizeThreshold=1024}, synchronous part) in thread Thread[Async calls on Source: xxxxxx_source -> Filter (27/70),5,Flink Task Threads] took 0 ms.',
    'DEBUGDefaultOperatorStateBackend snapshot (FsCheckpointStorageLocation {fileSystem=org.apache.flink.core.fs.SafetyNet- WrapperFileSystem@7908affe, checkpointDirectory=xxxxxx, sharedStateDirectory=xxxxx, taskOwnedStateDirectory=xxxxx, metadataFilePath= xxxxxx, reference=(default), fileStateSizeThreshold=1024}, asynchronous part) in thread Thread[pool-48-thread-14,5,Flink Task Threads] took 369 m',
  ];
  const says = [
    'Checkpoint 1 expired',
    'late message names **attempt 0b60f08b…**',
    'attempt 0b60f08b…** declined it',
    'taskNameWithSubtasks (4/4)',
    'taskNameWithSubtasks (4/4)',
    'synchronous part of DefaultOperatorStateBackend took 0ms',
    'asynchronous part of DefaultOperatorStateBackend took 369ms',
  ];
  const hoverAt = async (uri: string, line: number, form: string): Promise<string> => {
    const params = { textDocument: { uri }, position: { line, character: form.search(/checkpoint |snapshot /i) } };
    return JSON.stringify(await client?.connection.sendRequest(HoverRequest.type, params));
  };
  for (const [i, form] of forms.entries()) {
    const uri = `untitled:form-${i}`;
    client.open(uri, form);
    // Alone the late message does not tell how its checkpoint ended.
    expect(await hoverAt(uri, 0, form), form).toContain(i === 1 ? 'attempt 0b60f08b…' : says[i]);
  }
  const article = `Über Checkpoints.\n\n${forms.join('\n\nund weiter unten steht\n\n')}\n\nEnde.`;
  const { line } = client.open('untitled:article', article);
  for (const [i, form] of forms.entries()) {
    const [first = ''] = form.split('\n');
    expect(await hoverAt('untitled:article', line(first), form), form).toContain(says[i]);
  }
});

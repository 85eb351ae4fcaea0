import { CancellationTokenSource, CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { expect, test } from 'vitest';
import { guarded } from './guarded.js';

const reported: unknown[] = [];
const report = (error: unknown): void => {
  reported.push(error);
};

test('a handler that fails answers its fallback and is reported', async () => {
  const error = new Error('broken');
  const handler = guarded(report, [], () => {
    throw error;
  });
  expect(await handler({}, CancellationToken.None)).toEqual([]);
  expect(reported).toEqual([error]);
});

test('a cancelled request does no work', async () => {
  let worked = false;
  const handler = guarded(report, null, () => {
    worked = true;
    return null;
  });
  const answer = await handler({}, CancellationToken.Cancelled);
  expect(answer).toBeInstanceOf(ResponseError);
  expect(worked).toBe(false);
});

test('a request cancelled while it works is answered as cancelled', async () => {
  const source = new CancellationTokenSource();
  const handler = guarded(report, null, () => {
    source.cancel();
    return 'too late';
  });
  expect(await handler({}, source.token)).toMatchObject({ code: LSPErrorCodes.RequestCancelled });
});

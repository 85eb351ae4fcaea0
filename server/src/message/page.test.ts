import { expect, test } from 'vitest';
import { messagesPage } from './page.js';

test('docs/messages.md says what the table says', async () => {
  // Regenerate with: npx vitest run -u server/src/message/page.test.ts
  await expect(messagesPage()).toMatchFileSnapshot('../../../docs/messages.md');
});

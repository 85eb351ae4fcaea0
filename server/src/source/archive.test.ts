import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tarOf } from '../../../test/tar.js';
import { zipOf } from '../../../test/zip.js';
import { membersOf } from './archive.js';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'archive-'));
  const archive = await tarOf({ 'first.txt': 'a line\n'.repeat(1_000_000), 'second.txt': 'the second' });
  writeFileSync(join(folder, 'both.tar'), archive);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The texts of the members by name, and what cannot be read. */
async function read(archive: Buffer, kind: 'zip' | 'tar') {
  const path = join(folder, 'archive');
  writeFileSync(path, archive);
  const texts: Record<string, string> = {};
  const errors: string[] = [];
  try {
    for await (const { name, bytes } of membersOf(path, kind))
      try {
        let text = '';
        for await (const piece of bytes) text += Buffer.from(piece).toString();
        texts[name] = text;
      } catch (error) {
        errors.push(`${name}: ${(error as Error).message}`);
      }
  } catch (error) {
    errors.push((error as Error).message);
  }
  return { texts, errors };
}

describe('the members of a tar archive', () => {
  test('come, too, where one before was left half-way', async () => {
    const texts: string[] = [];
    for await (const { name, bytes } of membersOf(join(folder, 'both.tar'), 'tar'))
      for await (const piece of bytes) {
        texts.push(`${name}: ${Buffer.from(piece).toString('utf8', 0, 10)}`);
        break;
      }
    expect(texts).toEqual(['first.txt: a line\na l', 'second.txt: the second']);
  });

  test('are the files, also the contiguous ones', async () => {
    const archive = await tarOf({ 'a.log': 'a', 'b.log': 'b' });
    // The type of a member is the 157th byte of its header, and counts for the checksum.
    archive.write('7', 156);
    archive.write((parseInt(archive.toString('latin1', 148, 154), 8) + 7).toString(8).padStart(6, '0'), 148);
    expect(await read(archive, 'tar')).toEqual({ texts: { 'a.log': 'a', 'b.log': 'b' }, errors: [] });
  });

  test('that end too early say so once', async () => {
    const archive = await tarOf({ 'a.log': 'a', 'b.log': 'b'.repeat(2000) });
    const { texts, errors } = await read(archive.subarray(0, 512 * 4), 'tar');
    expect([texts['a.log'], errors]).toEqual(['a', ['b.log: the archive ends too early: copy it again']]);
  });

  test('come as far as the archive is whole', async () => {
    const archive = await tarOf({ 'a.log': 'a', 'b.log': 'b' });
    const { texts, errors } = await read(archive.fill(0x78, 1024, 1536), 'tar');
    expect([texts, errors]).toEqual([{ 'a.log': 'a' }, ['read in part: the archive is damaged: copy it again']]);
  });
});

describe('the members of a zip archive', () => {
  test('come unpacked, without folders', async () => {
    // As zip(1) packs a folder `logs` with a file.
    const archive = Buffer.from(
      'UEsDBAoAAAAAAGqpd10AAAAAAAAAAAAAAAAFAAAAbG9ncy9QSwMEFAAAAAgAaql3XVXIPFkMAAAAVAAAAAoAAABsb2dzL2EubG9nS1TIycxL5UqkJgUAUEsBAh4DCgAAAAAAaql3XQAAAAAAAAAAAAAAAAUAAAAAAAAAAAAQAO1BAAAAAGxvZ3MvUEsBAh4DFAAAAAgAaql3XVXIPFkMAAAAVAAAAAoAAAAAAAAAAQAAAKSBIwAAAGxvZ3MvYS5sb2dQSwUGAAAAAAIAAgBrAAAAVwAAAAAA',
      'base64',
    );
    expect(await read(archive, 'zip')).toEqual({ texts: { 'logs/a.log': 'a line\n'.repeat(12) }, errors: [] });
  });

  test('come, too, where the name of one leads out of it', async () => {
    const members = { 'a.log': 'a', '../../b.log': 'b', '/c.log': 'c', 'd.log': 'd' };
    expect(await read(zipOf(members), 'zip')).toEqual({ texts: members, errors: [] });
  });

  test('that are packed in another way say what to do', async () => {
    const { errors } = await read(zipOf({ 'a.log': 'a' }, 12), 'zip');
    expect(errors).toEqual(['a.log: it is packed in a way that is not known here: unpack it first']);
  });

  test('are none where the archive is cut off', async () => {
    const { errors } = await read(zipOf({ 'a.log': 'a' }).subarray(0, 40), 'zip');
    expect(errors).toEqual(['the archive ends too early: copy it again']);
  });
});

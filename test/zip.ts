/** A zip archive of these members, stored as they are, in their order. `method` is the one that it claims. */
export function zipOf(members: Readonly<Record<string, string>>, method = 0): Buffer {
  const entries = Object.entries(members).map(([name, content]) => [Buffer.from(name), Buffer.from(content)] as const);
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of entries) {
    // Version, flags, method, time and date, checksum, sizes, lengths of name and extra field.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const file = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, name, content]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    files.push(file);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\0'), common, rest, name);
    at += file.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, ...directory, end]);
}

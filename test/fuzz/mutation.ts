import fc from 'fast-check';

/** One change to the bytes of a seed. Places are parts of the whole, so that a change is one for every seed. */
interface Change {
  readonly kind: 'flip' | 'set' | 'insert' | 'remove' | 'repeat' | 'cut' | 'splice' | 'length';
  /** From 0 to 1. */
  readonly at: number;
  readonly size: number;
  readonly value: number;
}

/** Octets at which readers of binary structures go wrong: ends of ranges, tags, long and open lengths. */
const telling = [
  0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0d, 0x1f, 0x24, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x82, 0x84, 0x88, 0xa0, 0xa1, 0xff,
];

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('flip', 'set', 'insert', 'remove', 'repeat', 'cut', 'splice', 'length'),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  size: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 400 })),
  value: fc.oneof(fc.constantFrom(...telling), fc.nat(255)),
});

function changed(bytes: Buffer, { kind, at, size, value }: Change, other: Uint8Array): Buffer {
  const place = Math.floor(at * bytes.length);
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
  switch (kind) {
    case 'flip':
      return Buffer.concat([before, Buffer.from([(after[0] ?? 0) ^ (1 << (value & 7))]), after.subarray(1)]);
    case 'set':
      return Buffer.concat([before, Buffer.from([value]), after.subarray(1)]);
    case 'insert':
      return Buffer.concat([before, Buffer.alloc(size, value), after]);
    case 'remove':
      return Buffer.concat([before, after.subarray(size)]);
    case 'repeat':
      return Buffer.concat([before, after.subarray(0, size), after]);
    case 'cut':
      return before;
    case 'splice':
      return Buffer.concat([before, other.subarray(Math.floor(at * other.length), Math.floor(at * other.length) + size), after]);
    case 'length': {
      // The next octet that looks like a long length gets another one.
      const long = after.findIndex((octet) => octet > 0x80 && octet < 0x89);
      return long < 0
        ? bytes
        : Buffer.concat([before, after.subarray(0, long), Buffer.from([0x80 | (size & 0x0f), value]), after.subarray(long + 2)]);
    }
    default:
      return kind;
  }
}

/** Seeds with up to eight changes, and now and then bytes that nobody thought of. */
export function mutations(seeds: readonly Uint8Array[]): fc.Arbitrary<Buffer> {
  const seed = fc.constantFrom(...seeds);
  const mutated = fc
    .tuple(seed, seed, fc.array(change, { minLength: 1, maxLength: 8 }))
    .map(([one, other, changes]): Buffer =>
      changes.reduce<Buffer>((bytes, each) => changed(bytes, each, other).subarray(0, 300_000), Buffer.from(one)),
    );
  return fc.oneof(
    { weight: 40, arbitrary: mutated },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 600 }).map((bytes): Buffer => Buffer.from(bytes)) },
  );
}

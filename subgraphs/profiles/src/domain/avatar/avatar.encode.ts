import { InvalidInput, Overloaded } from '@polity/kernel/graph/errors';
import type { Sharp } from 'sharp';
import { type AvatarFormat, avatarSizes } from './avatar.entity.ts';

/** A picture in one size and format. */
export interface Picture {
  size: number;
  format: AvatarFormat;
  content: Buffer;
}

const MAX_SIDE = 10_000;
const MAX_PIXELS = 40_000_000;
const MIN_SIDE = 16;
const SECONDS = 10;
/** Pictures that are made at once, and that may wait: each takes a core and up to some 160 MB. */
const AT_ONCE = 2;
const MAX_WAITING = 20;

type Open = (content: Buffer) => Sharp;

// Nothing is decoded but what uploads may be, found by its bytes: above all no SVG, which is a program, and nothing by a file's name.
const LOADERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((name) => `VipsForeignLoad${name}Buffer`);

/** The library with its bounds. It is loaded with the first picture, since most processes never see one. */
async function load(): Promise<Open> {
  const { default: sharp } = await import('sharp');
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: LOADERS });
  sharp.cache(false);
  sharp.concurrency(1);
  return (content) =>
    sharp(content, { failOn: 'warning', limitInputPixels: MAX_PIXELS, limitInputChannels: 4, pages: 1 });
}

let loaded: Promise<Open> | undefined;

const refused = (problem: string) => new InvalidInput({ upload: problem });

/** Throws InvalidInput for what is too large, too small, moves, or is no picture, by what its head says: nothing is decoded yet. */
async function inspect(open: Open, content: Buffer): Promise<void> {
  const found = await open(content)
    .metadata()
    .catch(() => null);
  if (!found) throw refused(`is no picture of up to ${MAX_PIXELS / 1_000_000} million pixels`);
  const { width, height, pages = 1 } = found;
  if (pages > 1) throw refused('must not move');
  if (Math.max(width, height) > MAX_SIDE) throw refused(`must be at most ${MAX_SIDE} pixels wide and high`);
  if (Math.min(width, height) < MIN_SIDE) throw refused(`must be at least ${MIN_SIDE} pixels wide and high`);
}

async function make(content: Buffer): Promise<Picture[]> {
  loaded ??= load();
  const open = await loaded;
  await inspect(open, content);
  try {
    // Turned as the camera was held, cut to a square, and without anything that the file says beside its pixels.
    const largest = Math.max(...avatarSizes);
    const square = await open(content)
      .autoOrient()
      .resize(largest, largest, { fit: 'cover' })
      .toColourspace('srgb')
      .timeout({ seconds: SECONDS })
      .png({ compressionLevel: 1 })
      .toBuffer();
    const pictures: Picture[] = [];
    for (const size of avatarSizes) {
      const scaled = () => open(square).resize(size, size).timeout({ seconds: SECONDS });
      pictures.push({ size, format: 'WEBP', content: await scaled().webp({ quality: 82 }).toBuffer() });
      pictures.push({ size, format: 'AVIF', content: await scaled().avif({ quality: 55, effort: 2 }).toBuffer() });
    }
    return pictures;
  } catch (cause) {
    throw Object.assign(refused('cannot be read to its end'), { cause });
  }
}

let running = 0;
const waiting: (() => void)[] = [];

/**
 * A picture anew, in every size and format; of what it was nothing is left but its pixels. Throws InvalidInput for what is none, Overloaded where too
 * many wait.
 */
export async function encode(content: Buffer): Promise<Picture[]> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MAX_WAITING) throw new Overloaded();
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running++;
  try {
    return await make(content);
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

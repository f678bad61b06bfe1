import { number } from './text';

const PICTURE_SIDE_MAX = 800;
const PICTURE_BYTES_MAX = 400_000;

/** The bytes of a file in Base64, as commands carry them. */
export const base64Of = (file: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,?/, ''));
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
    reader.readAsDataURL(file);
  });

/** How large a file is, in words. */
export const sizeOf = (bytes: number): string =>
  bytes < 1_000_000 ? `${number(Math.max(1, bytes / 1000), 0)} kB` : `${number(bytes / 1_000_000, 1)} MB`;

/** A picture no larger than screens show it: a phone's has a hundred times as many bytes. What is no picture stays as it is. */
export async function shrink(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return file;
  const scale = Math.min(1, PICTURE_SIDE_MAX / Math.max(picture.width, picture.height));
  if (scale === 1 && file.size <= PICTURE_BYTES_MAX) return file;
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise(resolve => canvas.toBlob(made => resolve(made ?? file), 'image/webp', 0.86));
}

export function download(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

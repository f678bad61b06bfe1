import { addressOf } from '@/lib/api/client';

/** Where a product's picture is; another address for each picture, so that browsers keep it. */
export const pictureOf = (code: string, version: string) =>
  addressOf('/api/work-orders/products/{code}/picture', { code }, { version });

interface PictureProps {
  code: string;
  version: string;
  /** Of the square that it is shown in, in pixels. */
  side: number;
  /** What it says beside which it is no more than an ornament: nothing. */
  alt?: string;
}

/** What a product looks like. */
export const Picture = ({ code, version, side, alt = '' }: PictureProps) => (
  <img
    className="picture"
    src={pictureOf(code, version)}
    width={side}
    height={side}
    alt={alt}
    loading={side < 100 ? 'lazy' : undefined}
  />
);

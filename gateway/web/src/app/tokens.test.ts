import { theme } from 'antd';
import { describe, expect, it } from 'vitest';
import { themeOf } from './tokens';

/** WCAG 2.2, "contrast ratio": (lighter + 0.05) / (darker + 0.05) of the relative luminances. */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map(at => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map(part => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const TEXTS = ['colorPrimary', 'colorLink', 'colorSuccess', 'colorWarning', 'colorError', 'colorTextSecondary'] as const;

describe.each([
  ['light', false],
  ['dark', true],
] as const)('in the %s theme', (_, isDark) => {
  const config = themeOf(isDark);
  const token = theme.getDesignToken(config);
  const grounds = {
    container: token.colorBgContainer,
    layout: token.colorBgLayout,
    elevated: token.colorBgElevated,
    'row under the pointer': config.components!.Table!.rowHoverBg!,
    'chosen row': token.controlItemBgActive,
  };

  it.each(Object.entries(grounds).flatMap(([ground, colour]) => TEXTS.map(text => [text, ground, colour] as const)))(
    '%s can be read on the %s',
    (text, _, ground) => {
      expect(contrast(token[text], ground)).toBeGreaterThanOrEqual(4.5);
    },
  );
});

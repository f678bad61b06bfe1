import { theme, type ThemeConfig } from 'antd';
import { dark, FONT, light } from '@/lib/colours';

/** The look of the desk: all colours, sizes and fonts are said here and nowhere else. */
const shared = {
  fontFamily: FONT,
  fontFamilyCode: "ui-monospace, 'Cascadia Mono', 'Noto Sans Mono CJK SC', monospace",
  fontSize: 13,
  borderRadius: 5,
  controlHeight: 30,
  wireframe: false,
  motionDurationMid: '0.12s',
  motionDurationSlow: '0.16s',
  lineHeight: 1.5,
};

const RAIL = { text: '#c9d8db', muted: '#8fa7ad', selected: '#1d4450' };

export const themeOf = (isDark: boolean): ThemeConfig => ({
  algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
  token: { ...shared, ...(isDark ? dark : light) },
  components: {
    Table: {
      headerBg: isDark ? '#1b272c' : '#eef1f0',
      headerColor: isDark ? '#b3c1c5' : '#3c4b51',
      headerSplitColor: 'transparent',
      bodySortBg: 'transparent',
      rowHoverBg: isDark ? '#1f2d33' : '#f1f6f6',
      cellPaddingBlockSM: 6,
      cellPaddingInlineSM: 10,
      cellFontSizeSM: 13,
    },
    Menu: {
      darkItemBg: 'transparent',
      darkSubMenuItemBg: 'transparent',
      darkItemColor: RAIL.text,
      darkItemSelectedBg: RAIL.selected,
      darkItemSelectedColor: '#ffffff',
      darkGroupTitleColor: RAIL.muted,
      itemHeight: 31,
      itemMarginBlock: 1,
      groupTitleLineHeight: 1.5,
      groupTitleFontSize: 11,
    },
    Card: { headerFontSize: 13, bodyPaddingSM: 12 },
    Descriptions: { labelBg: 'transparent', itemPaddingBottom: 6 },
    Layout: { bodyBg: 'transparent', headerHeight: 46 },
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
    Tabs: { titleFontSize: 13, horizontalMargin: '0 0 10px' },
  },
});

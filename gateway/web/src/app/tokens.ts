import { theme, type ThemeConfig } from 'antd';

/** The look of the desk: all colours, sizes and fonts are said here and nowhere else. */
const FONT = "'Inter Variable', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif";

const shared = {
  fontFamily: FONT, fontFamilyCode: "ui-monospace, 'Cascadia Mono', 'Noto Sans Mono CJK SC', monospace", fontSize: 13, borderRadius: 5,
  controlHeight: 30, wireframe: false, motionDurationMid: '0.12s', motionDurationSlow: '0.16s', lineHeight: 1.5,
};

const light = {
  colorPrimary: '#0b6471', colorInfo: '#0b6471', colorLink: '#0a5c68', colorSuccess: '#2b7a3f', colorWarning: '#a45a00', colorError: '#b3261e',
  colorTextBase: '#17242a', colorBgBase: '#ffffff', colorBgLayout: '#f2f4f3', colorBorder: '#c5cdcc', colorBorderSecondary: '#e0e5e4',
  colorTextSecondary: '#4a5a60', colorTextTertiary: '#5d6c72', colorTextDescription: '#54636a', colorTextPlaceholder: '#66757b',
  colorSuccessBg: '#e8f3eb', colorSuccessBorder: '#b9d9c2', colorInfoBg: '#e6f1f3', colorInfoBorder: '#b3d4d9', colorWarningBg: '#fbf1e2', colorWarningBorder: '#e8cd9f',
  colorErrorBg: '#fbeae8', colorErrorBorder: '#eab8b3', colorPrimaryBg: '#e3f0f2', controlItemBgActive: '#dcecee',
};
const dark = {
  colorPrimary: '#3fb4c2', colorInfo: '#3fb4c2', colorLink: '#6cc9d4', colorSuccess: '#5fb878', colorWarning: '#e0a344', colorError: '#f0776e',
  colorTextBase: '#e4ebec', colorBgBase: '#131b1f', colorBgLayout: '#0e1518', colorBgContainer: '#172126', colorBgElevated: '#1d2a30',
  colorBorder: '#3a4a51', colorBorderSecondary: '#28363c', colorTextSecondary: '#b3c1c5', colorTextTertiary: '#9aabb0', colorTextDescription: '#9fb0b5',
  colorTextPlaceholder: '#8c9da3', colorTextLightSolid: '#08191c',
  colorSuccessBg: '#16291c', colorSuccessBorder: '#2b5136', colorInfoBg: '#12282d', colorInfoBorder: '#245059', colorWarningBg: '#2c2213', colorWarningBorder: '#5c4620',
  colorErrorBg: '#2f1a18', colorErrorBorder: '#653530', colorPrimaryBg: '#14303a', controlItemBgActive: '#1b3a43',
};

const RAIL = { text: '#c9d8db', muted: '#8fa7ad', selected: '#1d4450' };

export const themeOf = (isDark: boolean): ThemeConfig => ({
  algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
  token: { ...shared, ...(isDark ? dark : light) },
  components: {
    Table: {
      headerBg: isDark ? '#1b272c' : '#eef1f0', headerColor: isDark ? '#b3c1c5' : '#3c4b51', headerSplitColor: 'transparent',
      rowHoverBg: isDark ? '#1f2d33' : '#f1f6f6', cellPaddingBlockSM: 6, cellPaddingInlineSM: 10, cellFontSizeSM: 13,
    },
    Menu: {
      darkItemBg: 'transparent', darkSubMenuItemBg: 'transparent', darkItemColor: RAIL.text, darkItemSelectedBg: RAIL.selected,
      darkItemSelectedColor: '#ffffff', darkGroupTitleColor: RAIL.muted, itemHeight: 31, itemMarginBlock: 1, groupTitleLineHeight: 1.5, groupTitleFontSize: 11,
    },
    Card: { headerFontSize: 13, bodyPaddingSM: 12 },
    Descriptions: { labelBg: 'transparent', itemPaddingBottom: 6 },
    Layout: { bodyBg: 'transparent', headerHeight: 46 },
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
    Tabs: { titleFontSize: 13, horizontalMargin: '0 0 10px' },
  },
});

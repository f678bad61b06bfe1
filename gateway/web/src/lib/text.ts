import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import relativeTime from 'dayjs/plugin/relativeTime';
import i18next from 'i18next';
import { useCallback } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import { recall, remember } from './memory';

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

dayjs.extend(relativeTime);

/** A text in both languages: what is missing does not compile. */
export type Text = readonly [zh: string, en: string];
export type Texts<K extends string = string> = Readonly<Record<K, Text>>;
export type Values = Record<string, string | number>;

const first = (): Language => {
  const known = recall('language', navigator.language);
  return known.startsWith('zh') ? 'zh-CN' : 'en';
};

void i18next.use(initReactI18next).init({
  lng: first(),
  resources: {},
  interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
  initAsync: false,
});

function apply(language: Language) {
  document.documentElement.lang = language;
  dayjs.locale(language === 'zh-CN' ? 'zh-cn' : 'en');
}
apply(i18next.language as Language);

export function switchLanguage(language: Language): void {
  remember('language', language);
  apply(language);
  void i18next.changeLanguage(language);
}

export const languageNow = () => i18next.language as Language;

/** A text in the language of now. */
export const say = (text: Text, values?: Values): string => {
  const chosen = text[languageNow() === 'zh-CN' ? 0 : 1];
  return values ? i18next.services.interpolator.interpolate(chosen, values, languageNow(), {}) : chosen;
};

export function useLanguage(): Language {
  return useTranslation().i18n.language as Language;
}

/** Says texts, and again in the other language when it is switched. */
export function useText() {
  const language = useLanguage();
  // eslint-disable-next-line react-hooks/exhaustive-deps -- another language is another function
  return useCallback((text: Text, values?: Values) => say(text, values), [language]);
}

/** The user's time zone shows times; the server judges them. */
export const dateTime = (value: string | Date) => dayjs(value).format('YYYY-MM-DD HH:mm');
export const timeOfDay = (value: string | number) => dayjs(value).format('HH:mm:ss');
/** How long ago it was. */
export const ago = (value: string) => dayjs(value).fromNow();
/** The zone in which times are shown. */
export const zoneNow = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
export const date = (value: string) => dayjs(value).format('YYYY-MM-DD');
/** All digits that were entered; what was calculated is told with fewer. */
export const number = (value: number, digits = 6) =>
  new Intl.NumberFormat(languageNow(), { maximumFractionDigits: digits }).format(value);
export const percent = (value: number) =>
  new Intl.NumberFormat(languageNow(), { style: 'percent', maximumFractionDigits: 1 }).format(value);

/** Languages that pages and mails have. */
export const LANGUAGES = ['en', 'ru', 'de', 'da'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What each is called by those who speak it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  ru: 'Русский',
  de: 'Deutsch',
  da: 'Dansk',
};

const MAX_HEADER = 500;
const MAX_TAGS = 20;

/** The language with this tag or a region of it (`de-AT`); null for one that we do not have. */
export function languageOf(tag: string | null | undefined): Language | null {
  const name = tag?.trim().slice(0, 2).toLowerCase();
  const isWhole = tag === null || tag === undefined || !/^[a-z]{3}/i.test(tag.trim());
  return (isWhole && LANGUAGES.find((language) => language === name)) || null;
}

/** The first that we have of `ui_locales` (OpenID Connect Core, section 3.1.2.1). */
export function firstLanguage(tags: string | null | undefined): Language | null {
  const wished =
    tags
      ?.slice(0, MAX_HEADER)
      .split(/[\s,]+/)
      .slice(0, MAX_TAGS) ?? [];
  return wished.map(languageOf).find((language) => language !== null) ?? null;
}

/** The best that we have of a header `Accept-Language` (RFC 9110, section 12.5.4). */
export function acceptedLanguage(header: string | undefined): Language | null {
  const wished = (header?.slice(0, MAX_HEADER).split(',').slice(0, MAX_TAGS) ?? []).map((entry) => {
    const [tag = '', ...parameters] = entry.split(';');
    const weight = parameters.map((text) => /^\s*q=([\d.]+)/.exec(text)?.[1]).find(Boolean);
    return { language: languageOf(tag), weight: Number(weight ?? 1) };
  });
  const best = wished.filter(({ language, weight }) => language && weight > 0).sort((a, b) => b.weight - a.weight);
  return best[0]?.language ?? null;
}

type Same<Text> = Text extends string ? string : Text;

/** A catalogue of texts in another language: the keys of the first one, whose texts take the same values. What lacks one does not compile. */
export type Translated<First> = {
  readonly [Key in keyof First]: First[Key] extends (...values: infer Values) => infer Text
    ? (...values: Values) => Same<Text>
    : Same<First[Key]>;
};

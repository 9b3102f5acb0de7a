/** Languages of pages and mails, as the graph names them. */
export const interfaceLanguages = ['EN', 'RU', 'DE', 'DA'] as const;
export type InterfaceLanguage = (typeof interfaceLanguages)[number];

/** What is stored, as the graph says it; null for nothing, and for a language that is gone. */
export const asLanguage = (stored: string | null | undefined): InterfaceLanguage | null =>
  interfaceLanguages.find((language) => language === stored) ?? null;

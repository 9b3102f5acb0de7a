import type { Exact } from './types.ts';

/** `value` units of 10^-places as text, without zeros at the end: (41666670, 6) -> "41.66667". */
export function decimal(value: number | bigint, places = 0): Exact {
  const negative = value < 0;
  const digits = String(negative ? -value : value).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}${places > 0 && fraction ? `.${fraction}` : ''}`;
}

/** A number of halves as text: 25 -> "12.5". */
export const halves = (value: number): Exact => decimal(value * 5, 1);

import { addressProblem } from '../profile/profile.input.ts';
import type { ProfileFieldRow } from './field.entity.ts';

type Field = Pick<ProfileFieldRow, 'type' | 'choices'>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function dayProblem(text: string): string | null {
  const at = DAY.test(text) ? new Date(`${text}T00:00:00Z`) : null;
  const isDay = at && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
  return isDay ? null : 'must be a day such as 2026-01-31';
}

/** Why a field does not take a text; null for one that it takes. */
export function valueProblem({ type, choices }: Field, text: string): string | null {
  if (type === 'CHOICE') return choices.includes(text) ? null : 'is none of the choices';
  if (type === 'DATE') return dayProblem(text);
  if (type === 'LINK') return addressProblem(text);
  return text.length <= 200 && /^\P{Cc}*$/u.test(text) ? null : 'must be one line of up to 200 characters';
}

/** Whether what was filled in once still fits the field. */
export const fits = (field: Field, text: string): boolean => valueProblem(field, text) === null;

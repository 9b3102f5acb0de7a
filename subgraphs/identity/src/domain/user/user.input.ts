import { told } from '@polity/kernel/domain/input';
import { z } from 'zod';
import { displayNameProblem, emailProblem, normalEmail, normalUsername, usernameProblem } from './user.names.ts';

/** An address in the one form in which it is stored and compared. */
export const email = told(z.string().transform(normalEmail), emailProblem);
export const username = told(z.string().transform(normalUsername), usernameProblem);
export const displayName = told(z.string().trim(), displayNameProblem);

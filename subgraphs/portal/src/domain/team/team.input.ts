import { z } from 'zod';
import { change, description, line, slug } from '../input.ts';

export const newTeam = z.object({ slug, name: line(100), description });
export const teamChanges = z.object({ slug: change(slug), name: change(line(100)), description });

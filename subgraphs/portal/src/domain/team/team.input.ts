import { z } from 'zod';
import { change, description, name, slug } from '../input.ts';

export const newTeam = z.object({ slug, name: name(100), description });
export const teamChanges = z.object({ slug: change(slug), name: change(name(100)), description });

import { change, description, name, slug } from '@polity/kernel/domain/input';
import { z } from 'zod';

export const newTeam = z.object({ slug, name: name(100), description });
export const teamChanges = z.object({ slug: change(slug), name: change(name(100)), description });

import { visibilities } from '@polity/kernel/access/visibility';
import { change, line, text } from '@polity/kernel/domain/input';
import { z } from 'zod';

const title = line(200);
const body = text(50_000).min(1, 'must not be empty');
const visibility = z.enum(visibilities);

export const newPost = z.object({ title, body, visibility: change(visibility) });
export const postChanges = z.object({ title: change(title), body: change(body), visibility: change(visibility) });

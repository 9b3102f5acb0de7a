import { text } from '@polity/kernel/domain/input';
import { z } from 'zod';

export const newRsvp = z.object({
  rsvp: z
    .enum(['INTERESTED', 'GOING', 'NOT_GOING', 'WAITLISTED'])
    .nullish()
    .refine((rsvp) => rsvp !== 'WAITLISTED', 'is answered, never given'),
  guests: z.number().int().min(0, 'must be 0 to 20').max(20, 'must be 0 to 20').nullish(),
  answers: z.array(text(2_000)).max(10, 'must be at most 10').nullish(),
});

import type { AttendanceResolvers } from '../generated/graphql.ts';

export const Attendance: AttendanceResolvers = {
  user: ({ userId }) => ({ id: userId }),
  marker: ({ markedBy }) => ({ id: markedBy }),
};

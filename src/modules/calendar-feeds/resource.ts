import { Type } from 'typebox'
import { Id, ref, Timestamp } from '../../http/schemas.ts'

export const CalendarFeed = Type.Object(
  {
    id: Id,
    created_at: Timestamp,
    calendar_url: Type.Optional(
      Type.String({
        description:
          'For a calendar to subscribe to. Whoever knows it may read it; shown here only',
        examples: [
          'https://postern.example.com/api/v1/calendars/postern_cal_2mZt4sHkVq8LxYw7Rn3Bc5Dj9Fp1Gs6Ta0Uv4We8Xy0k3Q9aZ/token-expiries.ics',
        ],
      }),
    ),
  },
  { $id: 'CalendarFeed' },
)

export const CalendarFeedRef = ref(CalendarFeed)

export const shown = { id: true, created_at: true } as const

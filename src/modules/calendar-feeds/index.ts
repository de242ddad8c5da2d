import type { Module } from '../../operation.ts'
import { createCalendarFeed } from './create-calendar-feed.ts'
import { deleteCalendarFeed } from './delete-calendar-feed.ts'
import { getCalendarFeed } from './get-calendar-feed.ts'
import { readCalendar } from './read-calendar.ts'
import { CalendarFeed } from './resource.ts'

export const calendarFeeds: Module = {
  schemas: [CalendarFeed],
  operations: [getCalendarFeed, createCalendarFeed, deleteCalendarFeed, readCalendar],
}

import { createTheme, DEFAULT_THEME, type MantineColorsTuple } from '@mantine/core'
import { texts } from './texts/common.ts'

/** The colour of an old painted gate. Shade 7 carries white text at 6.9 : 1, shade 9 at 11 : 1. */
const gate: MantineColorsTuple = [
  '#e9f7f6',
  '#d6ecea',
  '#abd8d6',
  '#7dc3c0',
  '#58b1ad',
  '#3f9f9c',
  '#258784',
  '#0b6b69',
  '#055654',
  '#013f3e',
]

/** Mantine's, with darker ones where text is written in or on them: white on shade 7 is 5.6 : 1. */
const red: MantineColorsTuple = [
  '#fff5f5',
  '#ffe3e3',
  '#ffc9c9',
  '#ffa8a8',
  '#ff8787',
  '#f55252',
  '#dc3030',
  '#c92a2a',
  '#b32424',
  '#9c1f1f',
]

/** Mantine's own colours, with the shade that carries or is text dark enough: at least 4.5 : 1. */
const withShade = (name: string, shade: number, color: string) =>
  DEFAULT_THEME.colors[name]?.map((other, at) =>
    at === shade ? color : other,
  ) as unknown as MantineColorsTuple

export const theme = createTheme({
  colors: {
    gate,
    red,
    orange: withShade('orange', 9, '#ad3a08'),
    yellow: withShade('yellow', 9, '#8f5600'),
    green: withShade('green', 9, '#236f33'),
  },
  primaryColor: 'gate',
  primaryShade: { light: 7, dark: 7 },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily:
    'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace',
  headings: { fontWeight: '650' },
  components: {
    // Its place for the first focus is no item of a menu; the first item is.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': texts.close } } },
    Modal: {
      defaultProps: { closeButtonProps: { 'aria-label': texts.close } },
      styles: {
        title: { fontSize: 'var(--mantine-font-size-lg)', fontWeight: 650, lineHeight: 1.3 },
      },
    },
  },
})

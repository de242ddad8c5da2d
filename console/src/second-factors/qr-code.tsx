import { encode } from 'uqr'

const size = 208

/** Dark on white in every colour scheme: cameras don't read it the other way round. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size: modules } = encode(text, { ecc: 'M', border: 4 })
  const path = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  )
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${modules} ${modules}`}
      width={size}
      height={size}
      shapeRendering="crispEdges"
    >
      <rect width={modules} height={modules} fill="#fff" />
      <path d={path.join('')} fill="#000" />
    </svg>
  )
}

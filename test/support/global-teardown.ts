import { rmSync } from 'node:fs'
import type { Cluster } from '../../src/db/embedded/cluster.ts'

export default async function globalTeardown(): Promise<void> {
  const { testCluster, testDirectory } = globalThis as unknown as {
    testCluster: Cluster
    testDirectory: string
  }
  await testCluster.stop()
  rmSync(testDirectory, { recursive: true, force: true })
}

import type { Module } from '../../operation.ts'
import { getSettings } from './get-settings.ts'
import { ChangedSettings, Settings } from './resource.ts'
import { updateSettings } from './update-settings.ts'

export const settings: Module = {
  schemas: [ChangedSettings, Settings],
  operations: [getSettings, updateSettings],
}

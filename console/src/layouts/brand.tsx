import { Text } from '@mantine/core'
import { Link } from 'react-router'
import icon from '../icon.svg'
import { texts } from '../texts/common.ts'
import classes from './brand.module.css'

export function Brand() {
  return (
    <Link to="/" className={classes['brand']}>
      <img src={icon} alt="" width={26} height={26} />
      <Text span fw={700} size="lg">
        {texts.product}
      </Text>
    </Link>
  )
}

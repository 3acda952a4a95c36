export { useAction } from '@/components/useAction'

export { useLoad } from '@/components/useLoad'

// See readers.mjs for what must hold.
import { readers } from './readers.mjs';

readers('firefox');

import { registerControls } from './controls';
import { connectHost } from './host';
import { watchPalette } from './palette';
import { PanelStore } from './store';
import { CvizApp } from './app';
import './browserTheme.css';
import './panel.css';
import './cpuStrip.css';
import './facts.css';
import './messages/messages.css';
import './waits/waits.css';
import './why/why.css';
import './find/find.css';
import './moving/moving.css';
import './timeline/timeline.css';

registerControls();
const store = new PanelStore(connectHost());
const app = new CvizApp();
// All of the page is one landmark: a panel has no navigation, banner or footer.
app.role = 'main';
app.store = store;
app.palette = watchPalette();
document.body.append(app);
store.connect();

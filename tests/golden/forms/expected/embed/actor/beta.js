annalsEmbed("actor/beta",{"count":2,"name":"Beta","number":1,"parts":[[737365,737729]]});
annalsEmbed("actor/beta.0",{"events":[
[10,"yaml","From YAML","2019","mark mark-year","event importance-2 family-words",[["kind","Statement"],["actor","Beta"]],[737365,737729],[1],[]],
[11,"%D8%B3%D9%88%D8%AA%D8%B4%D9%8A","سوتشي","1 May 2019","glyph glyph-visit","event importance-2 family-talks",[["kind","Visit"],["actor","Beta"]],[737485],[1],[]]]});

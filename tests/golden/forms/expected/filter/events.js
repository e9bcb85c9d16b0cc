annalsEvents({"choices":{"actor":[["alpha","Alpha"],["beta","Beta"]],"confidence":[["confirmed","Confirmed"],["probable","Probable"],["disputed","Disputed"],["unverified","Unverified"]],"families":["talks","decisions","agreements","pressure","persons","words"],"kind":[["summit","Summit","talks"],["meeting","Meeting","talks"],["talks-round","Round of talks","talks"],["resolution","Resolution","decisions"],["veto","Veto","decisions"],["agreement","Agreement","agreements"],["ceasefire","Ceasefire","agreements"],["statement","Statement","words"],["appointment","Appointment","persons"],["resignation","Resignation","persons"],["conference","Conference","talks"],["sanctions","Sanctions","pressure"],["letter","Letter","words"],["vote","Vote","decisions"],["visit","Visit","talks"],["recognition","Recognition","decisions"],["suspension","Suspension","decisions"],["report","Report","words"]],"place":[["region","Region"],["town","Town"]],"process":[["thread","Thread"]],"vote":[["adopted","Adopted"],["rejected","Not adopted"],["vetoed","Vetoed"]]},"events":[
["events/before-christ.html","Before-christ","15 March 45 BC","mark-day",-16057,-16057,[-16057,-16057],1,[0],[1],[0],0,3,0,[]],
["events/decade.html","Decade","a year in the 1990s","mark-year",726773,730424,[],1,[0],[1],[0],0,3,0,[]],
["events/month.html","A month, roughly","about November 2017","mark-month is-approximate",736939,736968,[],1,[0],[1],[0],2,2,1,[]],
["events/day.html","A day","20 November 2017","mark-day",736958,736958,[736958,736958],1,[0],[1],[0],0,1,0,[]],
["events/range.html","Range","28 November – 14 December 2017","mark-days",736966,736982,[736966,736982],1,[0],[1],[0],0,3,0,[]],
["events/year.html","Year","2018 (uncertain)","mark-year is-uncertain",737000,737364,[],1,[0],[1],[0],0,3,1,[]],
["events/open.html","Open","from January 2018 on","mark-open",737000,null,[],1,[0],[1],[0],0,3,0,[]],
["events/one-of.html","One-of","1 February 2018 or 3 February 2018","mark-one-of",737031,737033,[],1,[0],[1],[0],0,3,0,[]],
["events/instant.html","Instant","1 March 2018, 12:30 (UTC+3)","mark-day",737059,737059,[737059,737059],1,[0],[1],[0],0,3,0,[]],
["events/season.html","Season","spring 2018","mark-month",737059,737150,[],1,[0],[1],[0],0,3,0,[]],
["events/yaml.html","From YAML","2019","mark-year",737365,737729,[],7,[1],[],[],0,2,0,[]],
["events/%D8%B3%D9%88%D8%AA%D8%B4%D9%8A.html","سوتشي","1 May 2019","mark-day",737485,737485,[737485,737485],14,[1],[],[],0,2,0,[]]]});

/*! The public suffix list of publicsuffix.org, cut down. Mozilla Public License 2.0. */
// Made by tests/web/fixtures/public-suffix-list.js; what it means is in ../public-suffix.js.

/** A line for each top-level domain. */
export const SUFFIXES = `
sa med pub sch
scot co gov me mygov org service.gov
sd info med tv
se 123minsida a b bd brand c d e f fh fhsk fhv g h i iopsys itcouldbewor k komforb kommunalforbund komvux l lanbib m myspreadshop n naturbruksgymn o p parti pp press r s t tm u w x y z
services loginline
sg enscaled
sh bearly botda hashbang lovable now surge teleport
shop barsy barsyonline base hoplix shopware
show ms
si f5 gitpage
site *.cloudera *.platformsh *.tst ams.scw barsy byen caffeine ceero chatgpt cloudera co convex cpanel cyon docsflowy eu-west-1.convex fastvps figma-gov figma heyflow jele jouwweb kliv loginline madethis medusajs my.canva nippy notion novecore omniwe opensocial piebox platformsh playcode preview puter scw sol sourcecraft square srht support tst us-east-1.convex waw.scw wpsquared
sn art gouv univ
so me surveys
space app-ionos deployagent heiyu hf manus myfast project static.hf uber vibehost xs4all
ss biz me sch
st *.cn cn consulado embaixada helioho kirara noho principe saotome store
store barsy sellfy shopware storebase
studio ai sanity
su abkhazia adygeya aktyubinsk arkhangelsk armenia ashgabad azerbaijan balashov bashkiria bryansk bukhara chimkent dagestan east-kazakhstan exnet georgia grozny ivanovo jambyl kalmykia kaluga karacol karaganda karelia khakassia krasnodar kurgan kustanai lenug mangyshlak mordovia msk murmansk nalchik navoi north-kazakhstan nov obninsk penza pokrovsk sochi spb tashkent termez togliatti troitsk tselinograd tula tuva vladikavkaz vladimir vologda
support barsy
sv gob red
systems miren
team discourse jelastic
tech cleverapps
technology co
tf sch
th go in mi online or shop
tj biz go int name nic test web
tm nom
tn ens fin ind info intl mincom nat orangecloud perso tourism
to 611 direct.quickconnect nett vpnplus x0
today prequalifyme
tools dyn.addr myaddr
top *.wadl ntdll wadl
tr av bbs bel biz dr gen gov.nc info k12 kep name nc pol tel tsk tv web
tt biz info name pro
tv better-than dyndns from on-the-web sakura worse-than
tw club ebiz game idv mydns mymailer.com url
tz go hotel info me mobi ne or sc tv
ug go ne or sc us
uk *.oraclegovcloudapps *.sch adimo.co affinitylottery.org api.gov barsy.co barsy barsyonline.co campaign.gov conn copro cust.retrosnub.co glug.org hosp independent-commission independent-inquest independent-inquiry independent-panel independent-review j.layershift.co ltd lug.org lugs.org me myspreadshop.co nh-serv.co nhs nimsite no-ip.co oraclegovcloudapps plc police public-inquiry pymnt raffleentry.org royal-commission sch service.gov weeklylottery.org
us cc.co k12.co lib.co
uy gub gv
vc *.0e 0e d.gv gv mydns
ve arts bib e12 emprende firm gob ia info int nom rar rec store tec web
vi k12
vip hidns
website framer
wf biz sch
wiki framer
work puter
ws *.advisor advisor cloud66 dyndns mypets
wtf ddns
xn--4dbrk0ce xn--4dbgdty6c xn--5dbhl8d xn--8dbq2a xn--hebda8b
xn--90a3ac xn--80au xn--90azh xn--c1avg xn--d1at xn--o1ac xn--o1ach
xn--j6w193g xn--55qx5d xn--gmqw5a xn--mxtq1m xn--od0alg xn--uc0atv xn--wcvs22d
xn--o3cw4h xn--12c1fe0br xn--12cfi8ixb8l xn--12co0c3b4eva xn--h3cuzk1di xn--m3ch0j3a xn--o3cyx2a
xn--p1acf xn--41a xn--80aaa0cvac xn--90a1af xn--90amc xn--c1avg xn--h1ahn xn--h1aliz xn--j1adp xn--j1aef xn--j1ael8b
xyz *.telebit botdash caffeine exe opentunnel telebit
za agric alt grondar law ngo nic nis nom school tm web
zm biz info sch
zone *.triton *.zerops lima prg1-zerops stackit triton zerops
`;

/** The same; a line of one word is about the whole top-level domain. */
export const MIXED = `
sh platform
ua
us
vn
`;

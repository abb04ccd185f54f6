/*! The public suffix list of publicsuffix.org, cut down. Mozilla Public License 2.0. */
// Made by tests/web/fixtures/public-suffix-list.js; what it means is in public-suffix.js.

export const REGISTRY_LABELS = 'ac co com edu gov mil net org';

/** A line for each top-level domain. */
export const SUFFIXES = `
ac drr feedback forms sch
academy official
ae sch
ag nom obj
ai apps.devs framer kiloapps off uwu
am *.2na 2na commune radio
ao ed gv it og pb
apple *.ap-north-1.r.cloud.int *.ap-south-1.r.cloud.int *.ap-south-2.r.cloud.int *.cloud.int *.eu-central-1.r.cloud.int *.eu-north-1.r.cloud.int *.r.cloud.int *.us-central-1.r.cloud.int *.us-central-2.r.cloud.int *.us-east-1.r.cloud.int *.us-east-2.r.cloud.int *.us-west-1.r.cloud.int *.us-west-2.r.cloud.int *.us-west-3.r.cloud.int ap-north-1.r.cloud.int ap-south-1.r.cloud.int ap-south-2.r.cloud.int cloud.int eu-central-1.r.cloud.int eu-north-1.r.cloud.int int r.cloud.int us-central-1.r.cloud.int us-central-2.r.cloud.int us-east-1.r.cloud.int us-east-2.r.cloud.int us-west-1.r.cloud.int us-west-2.r.cloud.int us-west-3.r.cloud.int
ar bet coop gob int musica mutual seg senasa tur
army dns v6
arpa e164 home in-addr ip6 iris uri urn
asia cloudns daemon dix
at *.ex.futurecms *.futurecms *.in.futurecms 123webseite 12hp 2ix 4 4lima dnshome ex.futurecms futurecms futurehosting futuremailing gv in.futurecms lima-city my myspreadshop or priv sth.ac wien.funkfeuer
au act act.edu asn catholic.edu conf id mel.cloudlets.com myspreadshop.com nsw nsw.edu nt nt.edu oz qld qld.edu qld.gov sa sa.edu sa.gov tas tas.edu tas.gov vic vic.edu vic.gov wa wa.edu wa.gov
az biz info int name pp pro
ba rs shop.brendly
bar resolve
basketball aus nz
bb biz info store tv
bd ai id info it sch tv
be *.transurl 123website cloud.interhostsolutions cloudns ezproxy.kuleuven my myspreadshop site.webhosting transurl webhosting
berlin ddns
bg 0 1 2 3 4 5 6 7 8 9 a b barsy c d e f g h i j k l m n o p q r s t u v w x y z
bi or
biz activetrail cloud-ip cloudns dscloud dyndns for-better for-more for-some for-the jozi mmafan myftp no-ip orx selfip webhop
bj africa agro architectes assur avocats eco econo info loisirs money ote restaurant resto tourism univ
bo academia agro arte blog bolivia ciencia cooperativa democracia deporte ecologia economia empresa gob ia indigena industria info int medicina movimiento musica natural nombre noticias patria plurinacional politica profesional pueblo revista salud tecnologia tksat transporte tv web wiki
box sail
br *.nom 9guacu abc ac.gov ac.leg adm adv agr aju al.gov al.leg am am.gov am.leg anani ap.gov ap.leg aparecida api app arq art ato b ba.gov ba.leg barueri belem bet bhz bib bio blog bmd boavista bsb campinagrande campinas caxias ce.gov ce.leg cim cng cnt contagem coop coz cri cuiaba curitiba def des det dev df.gov df.leg ecn eco emp enf eng es.gov es.leg esp etc eti far feira flog floripa fm fnd fortal fot foz fst g12 geo ggf go.gov go.leg goiania gru ia imb ind inf jab jampa jdf joinville jor jus leg leilao lel log londrina ma.gov ma.leg macapa maceio manaus maringa mat med mg.gov mg.leg morena mp ms.gov ms.leg mt.gov mt.leg mus natal niteroi nom not ntr odo ong osasco pa.gov pa.leg palmas pb.gov pb.leg pe.gov pe.leg pi.gov pi.leg poa ppg pr.gov pr.leg pro psc psi pvh qsl radio rec recife rep ribeirao rio riobranco riopreto rj.gov rj.leg rn.gov rn.leg ro.gov ro.leg rr.gov rr.leg rs.gov rs.leg salvador sampa santamaria santoandre saobernardo saogonca sc.gov sc.leg se.gov se.leg seg simplesite.com sjc slg slz social sorocaba sp.gov sp.leg srv taxi tc tche tec teo the tmp to.gov to.leg trd tur tv udi vet vix vlog wiki xyz zlg
bs we
build shiptoday v0 windsurf
builders cloudsite
business co
by mediatech of
bz gsj mydns za
ca *.awdev ab awdev barsy bc box gc mb myspreadshop nb nf nl no-ip ns nt nu on onid pe qc sk yk
camp at.emf
casa ui.nabu
case sav
cc ccwu cleverapps cloud-ip cloudns csx ec eu fantasyleague ftpaccess game-server gu instances.spawn loc myphotos scrapping sryze twmail uk us
cd cc
ch *.firenet *.svc.firenet 123website 12hp 2ix 4lima cloudns dnsking firenet gotdns lima-city linkyard-cloud myspreadshop square7 svc.firenet
ci asso ed go gouv int or us xn--aroport-bya
ck *
cl cloudns gob
club barsy cloudns jele
cn ah as.sh bj canva-apps canva-code cq direct.quickconnect fj gd gs gx gz ha hb he hi hk hl hn jl js jx khsj ln mo my.canvasite myqnapcloud nm nx qh sc sd sh sn sx tj tw xj xn--55qx5d xn--io0a7i xn--od0alg xz yn zj
co *.otap *.xmit carrd crd firewalledreplit hidns id.firewalledreplit id.repl leadpages lpages mypi nom otap realtime.supabase repl storage.supabase supabase umso xmit
codes *.owo owo
com *.0emm *.aivencloud *.atlassian-3p-us-gov-mod *.atlassian-3p *.atlassian-isolated-3p *.auiusercontent *.awsapprunner *.compute.herokuapp *.cursorusercontent *.customer-oci *.dev.adobeaemcloud *.devinapps *.digitaloceanspaces *.linodeobjects *.lutrausercontent *.metaaiusercontent *.oaiusercontent *.oci.customer-oci *.ocp.customer-oci *.ocs.customer-oci *.oraclecloudapps *.oraclegovcloudapps *.paywhirl *.qualyhqpartner *.qualyhqportal *.quipelements *.r.appspot *.vultrobjects *.ztna-dingtalk 0emm 180r 1cooldns 1kapp 3utilities 4u a2hosted abrdns adobeaemcloud af-south-1.elasticbeanstalk africa aivencloud alibabacloudcs amazonlightsail amplifyapp ap-east-1.elasticbeanstalk ap-northeast-1.elasticbeanstalk ap-northeast-2.elasticbeanstalk ap-northeast-3.elasticbeanstalk ap-south-1.elasticbeanstalk ap-south-2.elasticbeanstalk ap-southeast-1.elasticbeanstalk ap-southeast-2.elasticbeanstalk ap-southeast-3.elasticbeanstalk ap-southeast-4.elasticbeanstalk ap-southeast-5.elasticbeanstalk ap-southeast-6.elasticbeanstalk ap-southeast-7.elasticbeanstalk app.render appchizi applinzi apps-1and1 apps.fbsbx appspacehosted appspaceusercontent appspot atlassian-3p-us-gov-mod atlassian-3p atlassian-isolated-3p atmeta auiusercontent authgear-staging authgearapps awsapprunner awsapps awsglobalaccelerator balena-devices barsycenter barsyonline base44-sandbox blogdns blogspot blogsyte boutir bplaced br builtwithdark bumbleshrimp ca-central-1.elasticbeanstalk ca-west-1.elasticbeanstalk cafjs canva-apps canva-hosted-embed canvacode cdn77-storage cechire cf-ipfs ciscofreak claudeusercontent cloudflare-ipfs cn co codespot compute.herokuapp cprapid cpserver cursorusercontent customer-oci damnserver dattolocal dattorelay dattoweb ddnsfree ddnsgeek ddnsguru ddnsking de demo.jelastic deployagent deus-canvas dev.adobeaemcloud dev.project-study devinapps digitaloceanspaces discordsays discordsez ditchyourip dnsabr dnsalias dnsdojo dnsiskinky doesntexist dojin dontexist doomdns dopaas drayddns dreamhosters drive-platform dsmynas durumis dyn-o-saur dynalias dyndns-at-home dyndns-at-work dyndns-blog dyndns-free dyndns-home dyndns-ip dyndns-mail dyndns-office dyndns-pics dyndns-remote dyndns-server dyndns-web dyndns-wiki dyndns-work dynns dynuddns dynuhosting elasticbeanstalk encoreapi est-a-la-maison est-a-la-masion est-le-patron est-mon-blogueur eu-central-1.elasticbeanstalk eu-central-2.elasticbeanstalk eu-north-1.elasticbeanstalk eu-south-1.elasticbeanstalk eu-south-2.elasticbeanstalk eu-west-1.elasticbeanstalk eu-west-2.elasticbeanstalk eu-west-3.elasticbeanstalk eu eu.meteorapp eu.pythonanywhere eu1-plenit familyds fastly-edge fastly-terrarium fastvps-server firebaseapp firewall-gateway fldrv forgeblocks frame.claudeusercontent framercanvas freebox-os freeboxos freemyip from-ak from-al from-ar from-ca from-ct from-dc from-de from-fl from-ga from-hi from-ia from-id from-il from-in from-ks from-ky from-ma from-md from-mi from-mn from-mo from-ms from-mt from-nc from-nd from-ne from-nh from-nj from-nm from-nv from-oh from-ok from-or from-pa from-pr from-ri from-sc from-sd from-tn from-tx from-ut from-va from-vt from-wa from-wi from-wv from-wy gcorecdn geekgalaxy gentapps gentlentapis getmyip giize githubusercontent gleeze googleapis googlecode gotdns gotpantheon gr grayjayleagues hatenablog hatenadiary health-carereform hercules-app hercules-dev herokuapp hk hobby-site homelinux homesecuritymac homesecuritypc homeunix hosted-by-files hostedpi hotelwithflight iamallama il-central-1.elasticbeanstalk ip-ddns ip.linodeusercontent is-a-anarchist is-a-blogger is-a-bookkeeper is-a-bulls-fan is-a-caterer is-a-chef is-a-conservative is-a-cpa is-a-cubicle-slave is-a-democrat is-a-designer is-a-doctor is-a-financialadvisor is-a-geek is-a-green is-a-guru is-a-hard-worker is-a-hunter is-a-landscaper is-a-lawyer is-a-liberal is-a-libertarian is-a-llama is-a-musician is-a-nascarfan is-a-nurse is-a-painter is-a-personaltrainer is-a-photographer is-a-player is-a-republican is-a-rockstar is-a-socialist is-a-student is-a-teacher is-a-techie is-a-therapist is-an-accountant is-an-actor is-an-actress is-an-anarchist is-an-artist is-an-engineer is-an-entertainer is-certified is-gone is-into-anime is-into-cars is-into-cartoons is-into-games is-leet is-not-certified is-slick is-uberleet is-with-theband isa-geek isa-hockeynut issmarterthanyou it jdevcloud jpn js.wpenginepowered kasserver kozow la1-plenit ladesk likes-pie likescandy linodeobjects live-website localtonet logoip loseyourip lovableproject lpusercontent lutrausercontent magicpatternsapp me-central-1.elasticbeanstalk me-south-1.elasticbeanstalk media.strapiapp messwithdns metaaiusercontent meteorapp mex miniserver mochausercontent modelscape mwcloudnonprod myactivedirectory myasustor mycloudnas mydatto mydbserver mydobiss myiphost mynascloud myoxypages myqnapcloud mysecuritycamera myshopblocks myshopify myspreadshop mytabit mytuleap myvnc neat-url net-freaks nfshost ninjaneer-sites oaiusercontent oci.customer-oci ocp.customer-oci ocs.customer-oci on-aptible on-forge on-vapor onrender onthewifi ooguy operaunite oraclecloudapps oraclegovcloudapps orsites outsystemscloud ownprovider paas.hosted-by-previder paas.massivegrid pages.wiardweb pagespeedmobilizer paywhirl pgfog pivohosting pixolino playstation-cloud pleskns point2this polyspace postman-echo preview.emergentagent pro.typeform pythonanywhere qa2 qbuser qualifioapp qualyhqpartner qualyhqportal quicksytes quipelements r.appspot rackmaze readthedocs-hosted remotewd reservd rhcloud rice-labs routingthecloud ru sa-east-1.elasticbeanstalk sa sakuratan sakuraweb same-app same-preview saves-the-whales scrysec securitytactics selfip sells-for-less sells-for-u servebbs servebeer servecounterstrike serveexchange serveftp servegame servehalflife servehttp servehumour serveirc servemp3 servep2p servepics servequake servesarcasm shopitsite siiites simple-url simplesite sinaapp site.tb-hosting smushcdn space-to-rent stackhero-network static.observableusercontent strapiapp streak-link streaklinks streakusercontent streamlitapp stufftoread subsc-pay taveusercontent teaches-yoga temp-dns theworkpc thingdustdata townnews-staging try-snowplow trycloudflare tuleap-partners uk unusualperson upsunapp us-east-1.elasticbeanstalk us-east-2.elasticbeanstalk us-gov-east-1.elasticbeanstalk us-gov-west-1.elasticbeanstalk us-west-1.elasticbeanstalk us-west-2.elasticbeanstalk us us1-plenit vipsinaapp vivenushop vultrobjects w-corp-staticblitz w-credentialless-staticblitz w-staticblitz wafflecell webadorsite webspace-host wiredbladehosting withgoogle withyoutube wixsite wixstudio woltlab-demo workisboring wpdevcloud wpenginepowered wphostedmail wpmucdn writesthisblog x0 xen.prgmr xtooldevice yolasite za ztna-dingtalk
community myforum nog ravendb
company mybox
cool de elementor
cr ed fi go or sa
cu gob inf nat
cv dev id int nome publ store
cx assessments ath calculators cloudns funnels info paynow quizzes researched tests
cy biz ekloges j.scaleforce.com ltd press pro tm
cz e4 realm rsc.contentproxy9
de *.bwcloud-os-instance *.frusky *.xenonconnect 123webseite 12hp 2ix 4lima barsy bplaced bwcloud-os-instance community-pro customer.speedpartner ddnss ddnssec diskussionsbereich dnshome dnsupdater dyn-berlin dyn-ip24 dyn.cosidns dyn.ddnss dyn.home-webserver dynamisches-dns dyndns.ddnss dyndns1 dyndnssec firewall-gateway frusky fuettertdasnetz git-repos goip heimdns home-webserver home64 in-berlin in-brb in-butter in-dsl in-vpn internet-dns io.noc.ruhr-uni-bochum ipv64 iservschule isteingeek istmein keymachine l-o-g-i-n lcube-server lebtimnetz leitungsen lima-city logoip mein-iserv my-gateway my-router my myhome-server myspreadshop rub ruhr-uni-bochum schuldock schulplattform schulserver spdns square7 srvdns svn-repos taifun-dns test-iserv traeumtgerade virtual-user virtualuser webspaceconfig xenonconnect xn--gnstigbestellen-zvb xn--gnstigliefern-wob
design bss graphic
direct libp2p
diy discourse
dk 123hjemmeside biz firm myspreadshop reg store
do art gob sld web
dz art asso pol soc tm
ec abg adm agron arqt art bar base chef cont cpa cue dent dgn disco doc eng esm fin fot gal gob gye ibr info k12 lat loj med mktg mon ntr odont official pro prof psic psiq pub rio rrpp sal tech tul tur uio vet xxx
edu git-pages.rit
education co
ee aip fie lib med pri riik
eg eun info me name sci sport tv
email intouch p.tawk p.tawkto
er *
es 123miweb gob myspreadshop nom
estate *.compute compute
et biz info name
eu *.nxa *.transurl barsy cloudns deuxfleurs directwp dnshome jelastic.dogado nxa prvw spdns transurl
eus user.party
events co koobin
fan mkm
fast space view
fi 123kotisivu aland dy fi.cloudplatform iki kapsi myspreadshop xn--hkkinen-5wa
financial co
fj biz id info name pro
fk *
fm *.user radio user
fr 123siteweb aeroport asso avocat avoues cci chambagri chirurgiens-dentistes-en-france chirurgiens-dentistes dedibox experts-comptables fbx-os fbxos freebox-os freeboxos goupile gouv greta huissier-justice kdns medecin myspreadshop nom notaires on-web pharmacien port prd tm veterinaire ynh
fun ms vicp yicp zicp
games pley sheezy
gay pages
gdn cnpy
ge cyb ddns llc online pvt school tnx
gg botdash daemon.panel kaas panel stackit
gh biz
gi ltd mod
global appwrite
goog *.usercontent cloud translate usercontent
gp asso mobi
gr barsy simplesite
group discourse
gt gob ind
gu guam info web
gw nx
health hra
hk idv inc ltd xn--55qx5d xn--ciqpn xn--gmq050i xn--gmqw5a xn--io0a7i xn--lcvr32d xn--mk0axi xn--mxtq1m xn--od0alg xn--od0aq3b xn--tn0ag xn--uc0atv xn--uc0ay4a xn--wcvs22d xn--zf0avx
hn gob
host bolt cloudaccess easypanel emergent fastvps freesite gadget half iserv jele mircloud myfast tempurl voati wp2 wpmudev
hosting opencraft
hr from iz name shop.brendly
ht adult art asso coop firm gouv info med perso pol pro rel rt shop
hu 2000 agrar bolt casino city erotica erotika film forum games hotel info ingatlan jogasz konyvelo lakas media news priv reklam sex shop sport suli szex tm tozsde utazas video
id ai biz desa e go kop my or ponpes sch web xn--9tfky zone
ie myspreadshop
il idf k12 muni mytabit.co ravpage.co tabitorder.co
im ltd.co plc.co tt tv
in 5g 6g aero ai alumni am bank barsy bihar biz business ca cloudns cn coop cs delhi dr er fin firm gen gujarat ind indevs info int internet io me nic pg post pro res school supabase travel tv ub uk up us web
info barrel-of-knowledge barrell-of-knowledge barsy cloudns dnsupdate dvrcam dynamic-dns dyndns for-our forumz groks-the groks-this here-for-more ilovecollege knowsitall mayfirst mittwald mittwaldserver no-ip nsupdate selfip typo3server v-info webhop
int eu
ir arvanedge id sch vistablog xn--mgba3a4f16a xn--mgba3a4fra
je of
jm *
jo agri ai eng fm per phd sch tv
jp *.kawasaki *.kitakyushu *.kobe *.nagoya *.sapporo *.sendai *.yokohama 0am 0g0 0j0 0t0 2-d ad aichi akita angry aomori babyblue babymilk backdrop bambina bitter blush bona boo boy boyfriend but buyshop candypop capoo catfood cheap chiba chicappa chillout chips chowder chu ciao cocotte coolblog cranky crap cutegirl daa daynight deca deci digick ed eek egoism ehime fakefur fashionstore fem flier flop floppy fool frenchkiss fukui fukuoka fukushima gehirn.ne gifu girlfriend girly gloomy go gonna gr greater gunma hacca halfmoon handcrafted hateblo hatenablog hatenadiary heavy her hiho hippy hiroshima hokkaido holy hungry hyogo ibaraki icurus ishikawa itigo ivory.ne iwate jeez jellybean kagawa kagoshima kanagawa kawaiishop kawasaki kikirara kill kilo kitakyushu kobe kochi kumamoto kuron kyoto lg littlestar lolipopmc lolitapunk lomo lovepop lovesick mail-box.ne main matrix mie mimoza mints.ne miyagi miyazaki mods mokuren.ne mond mongolian moo mydns nagano nagasaki nagoya namaste nara ne netgamers niigata nikita nobushi noor nyanta o0o0 oita okayama okinawa oops opal.ne or osaka parallel parasite pecori peewee penne pepper perma pgw pigboat pinoko punyu pupu pussycat pya raindrop rdy readymade rgr rulez sadist saga saitama sakura.ne saloon sapporo sblo schoolbus secret sendai shiga shimane shizuoka skr staba stripper sub sumomo.ne sunnyday supersale tank theshop thick tochigi tokushima tokyo tonkotsu topaz.ne tottori toyama uh-oh under undo upper user.aseinet.ne usercontent velvet verse versus vivian wakayama watson weblike websozai whitesnow wjg xii xn--0trq7p7nn xn--1ctwo xn--1lqs03n xn--1lqs71d xn--2m4a15e xn--32vp30h xn--4it168d xn--4it797k xn--4pvxs xn--5js045d xn--5rtp49c xn--5rtq34k xn--6btw5a xn--6orx2r xn--7t0a264c xn--8ltr62k xn--8pvr4u xn--c3s14m xn--d5qv7z876c xn--djrs72d6uy xn--djty4k xn--efvn9s xn--ehqz56n xn--elqq16h xn--f6qx53a xn--k7yn95e xn--kbrq7o xn--klt787d xn--kltp7d xn--kltx9a xn--klty5x xn--mkru45i xn--nit225k xn--ntso0iqx3a xn--ntsq17g xn--pssu33l xn--qqqt11m xn--rht27z xn--rht3d xn--rht61e xn--rny31h xn--tor131o xn--uist22h xn--uisz3g xn--uuwu58a xn--vgu402c xn--zbx025d yamagata yamaguchi yamanashi yokohama zombie
ke go info me mobi ne or sc
kg ae us xx
ki biz info
km ass asso coop gouv medecin nom notaires pharmaciens prd presse tm veterinaire
kp rep tra
kr ai busan c01 chungbuk chungnam daegu daejeon eliv-api eliv-cdn eliv-dns es gangwon go gwangju gyeongbuk gyeonggi gyeongnam hs incheon io it jeju jeonbuk jeonnam kg me mmv ms ne or pe re sc seoul ulsan vki
krd co edu
kw emb ind
kz jcloud
la bnr info int per
lc oy
limo *.eth eth
link *.dweb *.eth *.inbrowser canva cyon dweb eth inbrowser ipfs.nftstorage ipfs.storacha ipfs.w3s joinmc keenetic myfritz mypep
live *.ewp aem ewp hlx
lk assn grp hotel int ltd ngo sch soc web
lol omg
ls biz info sc
lu 123website
lv asn conf id
ly id med plc sch
ma press
mc asso tm
md ir
me barsy brasilia c66 craft ddns diskstation dnsfor dscloud edgestack filegear-sg filegear grok hopto i234 its loginto lohmus mcdir mybox myds nohost noip opencloud priv seprox.hooc site.transip soundcast synology tcp4 vp4 webhop xwx
media framer
menu barsy barsyonline
mg nom prd
mk inf name
ml art asso gouv info inst pr presse
mm *
mn nyc
mobi barsy dscloud
mp ju
ms minisite
mu or
mv aero biz coop info int museum name pro
mw biz coop int
mx gob
my biz name
mz adv
na alt
name forgot.her forgot.his ispmanager keenetic
navy dns v6
nc asso nom
net *.c.ts *.hosting.ovh *.icp *.localto *.webpaas.ovh 1.azurestaticapps 2.azurestaticapps 3.azurestaticapps 4.azurestaticapps 5.azurestaticapps 6.azurestaticapps 7.azurestaticapps adobeaemcloud adobeio-static adobeioruntime akadns akamai-staging akamai akamaiedge-staging akamaiedge akamaihd-staging akamaihd akamaiorigin-staging akamaiorigin akamaized-staging akamaized alwaysdata apps-1and1 appudo at-band-camp azure-api azure-mobile azureedge azurefd azurestaticapps azurewebsites barsy blackbaudcdn blogdns boomla botdash bounceme bplaced broke-it buyshouses c.ts casacam cdn-edges cdn.cloudflare cdn.cloudflareanycast cdn.cloudflarecn cdn.cloudflareglobal cdn.prod.atlassian-dev cdn77-ssl centralus.azurestaticapps channelsdvr clickrising cloudaccess cloudapp cloudflare cloudfront cloudfunctions cloudjiffy cloudycluster community-pro ctfcloud dattolocal ddns-ip ddns de5 debian definima deno dns-cloud dns-dynamic dnsalias dnsdojo dnsup does-it dontexist dsmynas dynalias dynathome dynu dynuddns dynv6 eastasia.azurestaticapps eastus2.azurestaticapps eating-organic edgekey-staging edgekey edgesuite-staging edgesuite endofinternet familyds fastlylb feste-ip firewall-gateway fra1-de.cloudjiffy from-az from-co from-la from-ny gb gets-it ggff grafana-dev ham-radio-op heteml hicam homeftp homeip homelinux homeunix hosting.ovh hu icp in-dsl in-the-band in-vpn in iobb ipifony ipv64 is-a-chef is-a-geek isa-geek j.scaleforce jp keyword-on kicks-ass kinghost knx-server krellian live-on localcert localto luyani mafelo map.fastlylb meinforum memset moonscale myamaze mydatto mydissent myeffect myfritz mymediapc mypsx myradweb mysecuritycamera myspreadshop mysynology nhlfan no-ip now-dns office-on-the oninferno opik ownip pages.torproject pgafan podzone privatizehealthinsurance r.cdn77 rackmaze redirectme reserve-online routingthecloud ru sandbox.deno schokokeks scrapper-site se seidat selfip sells-it senseering servebbs serveblog serveftp serveminecraft server-on shopselect siteleaf sn.mynetname spryt square7 squares static-access storage.yandexcloud subsc-pay supabase sytes thruhere torproject trafficmanager ts tunnelmole twmail u.channelsdvr uk uni5 usgovcloudapp usgovtrafficmanager vpndns vps-host vps.hrsn vusercontent webhop webpaas.ovh website.yandexcloud west1-us.cloudjiffy westeurope.azurestaticapps westus2.azurestaticapps yandexcloud za zabc
network *.alces aem alces appwrite arvo azimuth co tlon
new *.builtwithrocket builtwithrocket
news noticeable
nf arts firm info other per rec store web
ng biz co.biz col dl.biz firm gen go.biz i lg.biz ltd mobi name ngo on.biz plc sch
ni biz gob in info int nom web
nl *.transurl 123website cistron demon hosting-cluster khplay myspreadshop site.hosting-cluster transurl
now dyn here tmp
np *
nr biz info
nu enterprisecloud merseine mine shacknet
nz cloudns cri geek gen govt health iwi kiwi maori parliament school xn--mori-qsa
om med museum pro
one *.kin kin service website
online barsy book eero-stage eero heimdns leapcell websitebuilder
orange tech
org accesscam ae al.eu altervista asso.eu at.eu au.eu barsy be.eu beta.wmcloud bg.eu blogdns blogsite bmoattachments boldlygoingnowhere ca.eu cable-modem camdvr cd.eu ch.eu cloudns cn.eu collegefan couchpotatofries cy.eu cz.eu ddnss de.eu dk.eu dnsalias dnsdojo doesntexist dontexist doomdns dpdns dsmynas duckdns dvrdns dynalias dyndns dynserv edu.eu ee.eu endofinternet endoftheinternet es.eu eu familyds fedorainfracloud fedorapeople fi.eu fr.eu freeddns freedesktop from-me fspages game-host go.dyndns gotdns gr.eu hatenadiary hepforge hk hobby-site home.dyndns homedns homeftp homelinux homeunix hopto hr.eu httpbin hu.eu ie.eu il.eu in-dsl in-vpn in.eu int.eu ip-dynamic is-a-bruinsfan is-a-candidate is-a-celticsfan is-a-chef is-a-geek is-a-knight is-a-linux-user is-a-patsfan is-a-soxfan is-found is-local is-lost is-saved is-very-bad is-very-evil is-very-good is-very-nice is-very-sweet is.eu isa-geek it.eu jp.eu jpn js kicks-ass kr.eu lt.eu lu.eu lv.eu me.eu misconfused mk.eu mlbfan mt.eu my-firewall my.eu myfirewall myftp mysecuritycamera mywire net.eu nflfan ng.eu nl.eu no-ip no.eu now-dns nz.eu pimienta pl.eu podzone poivron potager pt.eu pubtls read-books readmyblog ro.eu routingthecloud roxa ru.eu s3.teckids se.eu selfip sellsyourhome servebbs serveftp servegame si.eu sk.eu small-web spdns ssl.origin.cdn77-secure stuff-4-sale sweetpepper toolforge tr.eu tunk tuxfamily twmail ufcfan uk.eu us.eu us webhop webredirect wmcloud wmflabs wz za zapto
ovh nerdpol
pa abo gob ing med nom sld
page aem codeberg deuxfleurs ginta heyflow hlx linkyhost mybox mymagic omgs pdns plesk prod prvcy rocky solidres statichost vibekit
pe gob nom
pg *
ph cloudns i ngo
photos framer
pictures 1337
pizza ngrok
pk biz fam gkp gob gog gok gop gos web
pl ap.gov griw.gov ic.gov is.gov kmpsp.gov konsulat.gov kppsp.gov kwp.gov kwpsp.gov mup.gov mw.gov oia.gov oirm.gov oke.gov oow.gov oschr.gov oum.gov pa.gov pinb.gov piw.gov po.gov pr.gov psp.gov psse.gov pup.gov rzgw.gov sa.gov sdn.gov sko.gov so.gov sr.gov starostwo.gov ug.gov ugim.gov um.gov umig.gov upow.gov uppo.gov us.gov uw.gov uzs.gov wif.gov wiih.gov winb.gov wios.gov witd.gov wiw.gov wkz.gov wsa.gov wskr.gov wsse.gov wuoz.gov wzmiuw.gov zp.gov zpisdn.gov
place co ship
plus *.at.playit at.playit playit with.playit
pm name own
pr biz est info isla name pro prof
pro aaa aca acct avocat bar barsy cloudns cpa eng jur keenetic law med ngrok prod.enter recht
ps plo sec
pt 123paginaweb int nome publ
pub *.id *.kin barsy id kin
pw cloudns x443
py coop
qa name sch
re asso can netlib
reviews aem
rip clan
ro arts barsy firm info nom nt rec shop store tm www
rocks lima-city myddns stackit v6 webspace
rs barsy in ox shop.brendly
ru *.hosting.myjino *.landing.myjino *.spectrum.myjino *.vps.myjino adygeya bashkiria bir cbg dagestan eurodir grozny hb.cldmail hosting.myjino int kalmykia kustanai landing.myjino marine mcdir mcpre mircloud mordovia msk myjino mytis na4u nalchik nov pp pyatigorsk ras spb spectrum.myjino vladikavkaz vladimir vps.mcdir vps.myjino
run *.appwrite *.build *.code *.database *.migration appwrite build canva cloud code database development iran.liara liara lovable migration needle onporter ravendb repl rwx sanity sm stackit val vercel web.val wix
rw coop
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
aero
app
at ortsinfo
aws
bot grok
ch flow cloudscale objectstorage
cloud
cn amazonwebservices.com amazonaws.com sagemaker.com
co rdpa
com salesforce amazonaws cs.amazonlightsail databricksapps code linode clever-cloud amazoncognito mythic-beasts nospamproxy ncloudstorage datadetect evennode ik-server wafaicloud ncpstorage gov-ncloudstorage fin-ncloudstorage ncloud hosteur
cz metacentrum cloud.muni
de it.hs-heilbronn
dev
eu amazonwebservices
gg ply
host amba
io
it
jp hokkaido osaka chiba yamaguchi nagano tokyo niigata okinawa kanagawa ehime hyogo aichi shiga fukushima tokushima shimane okayama kochi akita kagoshima kumamoto ibaraki ishikawa nara gunma gifu aomori shizuoka saitama saga wakayama mie toyama yamagata hiroshima tochigi fukuoka miyazaki kyoto kagawa oita nagasaki tottori yamanashi fukui iwate miyagi webaccel sakurastorage
net azurewebsites fastly jelastic.vps-host usgovcloudapi windows massivegrid saveincloud elastx srcf
no
org fedoraproject cdn77
pl
sh platform
ua
us
vn
`;

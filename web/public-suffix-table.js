/*! The public suffix list of publicsuffix.org, cut down. Mozilla Public License 2.0. */
// Made by tests/web/public-suffix-list.js; public-suffix.js says how to read it.

/** Of these labels below any country's top-level domain. */
export const REGISTRY_LABELS = "ac co com edu gov mil net org";

/** A line for each top-level domain: the suffixes below it. */
export const SUFFIXES = `
ac drr feedback forms sch
academy official
ae sch
aero accident-investigation accident-prevention aerobatic aeroclub aerodrome agents air-surveillance air-traffic-control aircraft airline airport airtraffic ambulance association author ballooning broker caa cargo catering certification championship charter civilaviation club conference consultant consulting control council crew design dgca educator emergency engine engineer entertainment equipment exchange express federation flight freight fuel gliding government groundhandling group hanggliding homebuilt insurance journal journalist leasing logistics magazine maintenance marketplace media microlight modelling navigation parachuting paragliding passenger-association pilot press production recreation repbody res research rotorcraft safety scientist services show skydiving software student taxi trader trading trainer union workinggroup works
ag nom obj
ai apps.devs framer kiloapps off uwu
am *.2na 2na commune radio
ao ed gv it og pb
app *.beget *.developer *.hosted *.mtls.run *.northflank *.privatelink.snowflake *.run *.s.brave *.snowflake *.upsun *.zerops agilevibes aiven auth.lovable base44 beget botdash brave claude clerk clerkstage cloud.modelence cloudflare cloudzyro codepen convex corespeed crbts csb developer e2b easypanel edgecompute encr expo fastedge flutterflow framer frontend.encr gadget github glideos hackclub hasura hosted id.replit leapcell loginline lovable luyani magicpatterns medusajs messerli miren mocha modelence mtls.run netlify ngrok-free ngrok noop northflank nyat on-fleek on.expo on.staging.expo ondigitalocean onhercules pplx preview.csb privatelink.snowflake puter relay.evervault replit retool rocketpreview run s.brave sandbox.modelence shiptoday sliplane snowflake spawnbase sprites staging.expo streamlit telebit typedream up.railway upsun vercel wal wasmer web windsurf wnext zeabur zerops
apple *.*.*.*.int
ar bet coop gob int musica mutual seg senasa tur
army dns v6
arpa e164 home in-addr ip6 iris uri urn
asia cloudns daemon dix
at *.ex.futurecms *.ex.ortsinfo *.futurecms *.in.futurecms *.kunden.ortsinfo 123webseite 12hp 2ix 4 4lima dnshome ex.futurecms ex.ortsinfo futurecms futurehosting futuremailing gv in.futurecms kunden.ortsinfo lima-city my myspreadshop or priv sth.ac wien.funkfeuer
au act act.edu asn catholic.edu conf id mel.cloudlets.com myspreadshop.com nsw nsw.edu nt nt.edu oz qld qld.edu qld.gov sa sa.edu sa.gov tas tas.edu tas.gov vic vic.edu vic.gov wa wa.edu wa.gov
aws *.*.*.on *.*.sagemaker *.private.repost private.repost
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
bot *.apps.grok *.pages.grok apps.grok pages.grok
box sail
br *.leg *.nom 9guacu abc ac.gov adm adv agr aju al.gov am am.gov anani ap.gov aparecida api app arq art ato b ba.gov barueri belem bet bhz bib bio blog bmd boavista bsb campinagrande campinas caxias ce.gov cim cng cnt contagem coop coz cri cuiaba curitiba def des det dev df.gov ecn eco emp enf eng es.gov esp etc eti far feira flog floripa fm fnd fortal fot foz fst g12 geo ggf go.gov goiania gru ia imb ind inf jab jampa jdf joinville jor jus leilao lel log londrina ma.gov macapa maceio manaus maringa mat med mg.gov morena mp ms.gov mt.gov mus natal niteroi nom not ntr odo ong osasco pa.gov palmas pb.gov pe.gov pi.gov poa ppg pr.gov pro psc psi pvh qsl radio rec recife rep ribeirao rio riobranco riopreto rj.gov rn.gov ro.gov rr.gov rs.gov salvador sampa santamaria santoandre saobernardo saogonca sc.gov se.gov seg simplesite.com sjc slg slz social sorocaba sp.gov srv taxi tc tche tec teo the tmp to.gov trd tur tv udi vet vix vlog wiki xyz zlg
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
ch *.firenet *.svc.firenet 123website 12hp 2ix 4lima alp1.ae.flow appengine.flow cloudns cust.cloudscale dnsking firenet gotdns lima-city linkyard-cloud lpg.objectstorage myspreadshop objects.lpg.cloudscale objects.rma.cloudscale rma.objectstorage square7 svc.firenet
ci asso ed go gouv int or us xn--aroport-bya
ck *
cl cloudns gob
cloud *.*.*.scw *.begetcdn *.magentosite *.on-rancher *.statics antagonist begetcdn ca.reclaim ch.trendhosting convex cs.keliweb de.trendhosting diadem dnshome elastic.k2 elementor emergent es-1.axarnet eu-west-1.convex eu.encoway hstgr it1.eur.aruba.jenv-aruba it1.jenv-aruba jele jote jotelulu keliweb kuleuven laravel lb.ru-msk.k2 lb.ru-spb.k2 linkyard magentosite matlab observablehq on-rancher online-server oxa primetel ravendb runs.onstackit s3.k2 s3.ru-msk.k2 s3.ru-spb.k2 servebolt statics tn.oxa trafficplex uk.oxa uk.primetel uk.reclaim unison-services urown us-east-1.convex us.reclaim vapor vip.jelastic voorloper website.k2 website.ru-msk.k2 website.ru-spb.k2 zap
club barsy cloudns jele
cn *.*.*.amazonaws.com *.airflow.cn-north-1.on.amazonwebservices.com *.airflow.cn-northwest-1.on.amazonwebservices.com ah airflow.cn-north-1.on.amazonwebservices.com airflow.cn-northwest-1.on.amazonwebservices.com as.sh bj canva-apps canva-code cq direct.quickconnect fj gd gs gx gz ha hb he hi hk hl hn jl js jx khsj ln mo my.canvasite myqnapcloud nm notebook.cn-north-1.sagemaker.com notebook.cn-northwest-1.sagemaker.com nx qh sc sd sh sn studio.cn-north-1.sagemaker.com studio.cn-northwest-1.sagemaker.com sx tj transfer-webapp.cn-north-1.on.amazonwebservices.com transfer-webapp.cn-northwest-1.on.amazonwebservices.com tw xj xn--55qx5d xn--io0a7i xn--od0alg xz yn zj
co *.clusters.rdpa *.otap *.srvrless.rdpa *.xmit carrd clusters.rdpa crd firewalledreplit hidns id.firewalledreplit id.repl leadpages lpages mypi nom otap realtime.supabase repl srvrless.rdpa storage.supabase supabase umso xmit
codes *.owo owo
com *.*.*.amazonaws *.*.*.amazonlightsail *.*.amazoncognito *.001.test.code-builder-stg.platform.salesforce *.0emm *.aivencloud *.atlassian-3p-us-gov-mod *.atlassian-3p *.atlassian-isolated-3p *.auiusercontent *.awsapprunner *.azure.databricksapps *.builder.code *.compute.herokuapp *.cursorusercontent *.customer-oci *.dev-builder.code *.dev.adobeaemcloud *.devinapps *.digitaloceanspaces *.elasticbeanstalk *.linodeobjects *.lutrausercontent *.metaaiusercontent *.nodebalancer.linode *.oaiusercontent *.oci.customer-oci *.ocp.customer-oci *.ocs.customer-oci *.oraclecloudapps *.oraclegovcloudapps *.paywhirl *.qualyhqpartner *.qualyhqportal *.quipelements *.r.appspot *.services.clever-cloud *.stg-builder.code *.vultrobjects *.ztna-dingtalk 001.test.code-builder-stg.platform.salesforce 0emm 180r 1cooldns 1kapp 3utilities 4u a2hosted abrdns adobeaemcloud africa aivencloud alibabacloudcs amplifyapp app.render appchizi applinzi apps-1and1 apps.fbsbx appspacehosted appspaceusercontent appspot atlassian-3p-us-gov-mod atlassian-3p atlassian-isolated-3p atmeta auiusercontent authgear-staging authgearapps aws.databricksapps awsapprunner awsapps awsglobalaccelerator azure.databricksapps balena-devices barsycenter barsyonline base44-sandbox blogdns blogspot blogsyte boutir bplaced br builder.code builtwithdark bumbleshrimp cafjs canva-apps canva-hosted-embed canvacode caracal.mythic-beasts cdn77-storage cechire cf-ipfs ciscofreak claudeusercontent cloud.nospamproxy cloudflare-ipfs cn co codespot compute.herokuapp cprapid cpserver cursorusercontent customer-oci customer.mythic-beasts damnserver dattolocal dattorelay dattoweb ddnsfree ddnsgeek ddnsguru ddnsking de de.object.ncloudstorage demo.datadetect demo.jelastic deployagent deus-canvas dev-builder.code dev.adobeaemcloud dev.project-study devinapps digitaloceanspaces discordsays discordsez ditchyourip dnsabr dnsalias dnsdojo dnsiskinky doesntexist dojin dontexist doomdns dopaas drayddns dreamhosters drive-platform dsmynas durumis dyn-o-saur dynalias dyndns-at-home dyndns-at-work dyndns-blog dyndns-free dyndns-home dyndns-ip dyndns-mail dyndns-office dyndns-pics dyndns-remote dyndns-server dyndns-web dyndns-wiki dyndns-work dynns dynuddns dynuhosting encoreapi est-a-la-maison est-a-la-masion est-le-patron est-mon-blogueur eu-1.evennode eu-2.evennode eu-3.evennode eu-4.evennode eu eu.meteorapp eu.pythonanywhere eu1-plenit familyds fastly-edge fastly-terrarium fastvps-server fentiger.mythic-beasts firebaseapp firewall-gateway fldrv forgeblocks frame.claudeusercontent framercanvas freebox-os freeboxos freemyip from-ak from-al from-ar from-ca from-ct from-dc from-de from-fl from-ga from-hi from-ia from-id from-il from-in from-ks from-ky from-ma from-md from-mi from-mn from-mo from-ms from-mt from-nc from-nd from-ne from-nh from-nj from-nm from-nv from-oh from-ok from-or from-pa from-pr from-ri from-sc from-sd from-tn from-tx from-ut from-va from-vt from-wa from-wi from-wv from-wy gcorecdn gcp.databricksapps geekgalaxy gentapps gentlentapis getmyip giize githubusercontent gleeze googleapis googlecode gotdns gotpantheon gr grayjayleagues hatenablog hatenadiary health-carereform hercules-app hercules-dev herokuapp hk hobby-site homelinux homesecuritymac homesecuritypc homeunix hosted-by-files hostedpi hotelwithflight iamallama instance.datadetect ip-ddns ip.linodeusercontent is-a-anarchist is-a-blogger is-a-bookkeeper is-a-bulls-fan is-a-caterer is-a-chef is-a-conservative is-a-cpa is-a-cubicle-slave is-a-democrat is-a-designer is-a-doctor is-a-financialadvisor is-a-geek is-a-green is-a-guru is-a-hard-worker is-a-hunter is-a-landscaper is-a-lawyer is-a-liberal is-a-libertarian is-a-llama is-a-musician is-a-nascarfan is-a-nurse is-a-painter is-a-personaltrainer is-a-photographer is-a-player is-a-republican is-a-rockstar is-a-socialist is-a-student is-a-teacher is-a-techie is-a-therapist is-an-accountant is-an-actor is-an-actress is-an-anarchist is-an-artist is-an-engineer is-an-entertainer is-certified is-gone is-into-anime is-into-cars is-into-cartoons is-into-games is-leet is-not-certified is-slick is-uberleet is-with-theband isa-geek isa-hockeynut issmarterthanyou it jcloud-ver-jpc.ik-server jcloud.ik-server jdevcloud jed.wafaicloud jp.jp4.object.ncpstorage jp.jp4.object.private.ncpstorage jp.jp5.object.ncpstorage jp.jp5.object.private.ncpstorage jp.object.ncpstorage jp.object.private.ncpstorage jpn js.wpenginepowered kasserver kozow kr-naver-dev.ncloudstorage kr-naver-dev.website.ncloudstorage kr-naver.ncloudstorage kr-naver.website.ncloudstorage kr-private.gov-ncloudstorage kr-private.ncloudstorage kr.gov-ncloudstorage kr.ncloudstorage kr.object.fin-ncloudstorage kr.object.gov-ncloudstorage kr.object.ncloudstorage kr.object.ncpstorage kr.object.private.fin-ncloudstorage kr.object.private.gov-ncloudstorage kr.object.private.ncloudstorage kr.object.private.ncpstorage kr.objectstorage.ncloud kr.website.ncloudstorage krs.object.gov-ncloudstorage krs.object.private.gov-ncloudstorage la1-plenit ladesk likes-pie likescandy linodeobjects live-website localtonet logoip loseyourip lovableproject lpusercontent lutrausercontent lynx.mythic-beasts magicpatternsapp media.strapiapp members.linode messwithdns metaaiusercontent meteorapp mex miniserver mochausercontent modelscape mwcloudnonprod myactivedirectory myasustor mycloudnas mydatto mydbserver mydobiss myiphost mynascloud myoxypages myqnapcloud mysecuritycamera myshopblocks myshopify myspreadshop mytabit mytuleap myvnc neat-url net-freaks nfshost ninjaneer-sites nodebalancer.linode o365.cloud.nospamproxy oaiusercontent ocelot.mythic-beasts oci.customer-oci ocp.customer-oci ocs.customer-oci on-aptible on-forge on-vapor oncilla.mythic-beasts onrender onthewifi onza.mythic-beasts ooguy operaunite oraclecloudapps oraclegovcloudapps orsites outsystemscloud ownprovider paas.hosted-by-previder paas.massivegrid pages.wiardweb pagespeedmobilizer paywhirl pgfog pivohosting pixolino playstation-cloud pleskns point2this polyspace postman-echo preview.emergentagent pro.typeform pythonanywhere qa2 qbuser qualifioapp qualyhqpartner qualyhqportal quicksytes quipelements r.appspot rackmaze rag-cloud-ch.hosteur rag-cloud.hosteur readthedocs-hosted remotewd reservd rhcloud rice-labs routingthecloud ru ryd.wafaicloud s3-website-jp.object.ncpstorage s3-website.de.object.ncloudstorage s3-website.kr.object.fin-ncloudstorage s3-website.kr.object.gov-ncloudstorage s3-website.kr.object.ncloudstorage s3-website.krs.object.gov-ncloudstorage s3-website.sg.object.ncloudstorage s3-website.us.object.ncloudstorage sa sakuratan sakuraweb same-app same-preview saves-the-whales scrysec securitytactics selfip sells-for-less sells-for-u servebbs servebeer servecounterstrike serveexchange serveftp servegame servehalflife servehttp servehumour serveirc servemp3 servep2p servepics servequake servesarcasm services.clever-cloud sg.object.ncloudstorage sg.object.private.ncloudstorage sg.objectstorage.ncloud shopitsite siiites simple-url simplesite sinaapp site.tb-hosting smushcdn space-to-rent sphinx.mythic-beasts stackhero-network static.observableusercontent stg-builder.code strapiapp streak-link streaklinks streakusercontent streamlitapp stufftoread subsc-pay taveusercontent teaches-yoga temp-dns theworkpc thingdustdata townnews-staging try-snowplow trycloudflare tuleap-partners uk unusualperson upsunapp us-1.evennode us-2.evennode us-3.evennode us-4.evennode us us.object.ncloudstorage us1-plenit vipsinaapp vivenushop vs.mythic-beasts vultrobjects w-corp-staticblitz w-credentialless-staticblitz w-staticblitz wafflecell webadorsite webspace-host wiredbladehosting withgoogle withyoutube wixsite wixstudio woltlab-demo workisboring wpdevcloud wpenginepowered wphostedmail wpmucdn writesthisblog x.mythic-beasts x0 xen.prgmr xtooldevice yali.mythic-beasts yolasite za ztna-dingtalk
community myforum nog ravendb
company mybox
cool de elementor
cr ed fi go or sa
cu gob inf nat
cv dev id int nome publ store
cx assessments ath calculators cloudns funnels info paynow quizzes researched tests
cy biz ekloges j.scaleforce.com ltd press pro tm
cz *.cloud.metacentrum cloud.metacentrum custom.metacentrum e4 flt.cloud.muni realm rsc.contentproxy9 usr.cloud.muni
de *.bwcloud-os-instance *.frusky *.xenonconnect 123webseite 12hp 2ix 4lima barsy bplaced bwcloud-os-instance community-pro customer.speedpartner ddnss ddnssec diskussionsbereich dnshome dnsupdater dyn-berlin dyn-ip24 dyn.cosidns dyn.ddnss dyn.home-webserver dynamisches-dns dyndns.ddnss dyndns1 dyndnssec firewall-gateway frusky fuettertdasnetz git-repos goip heimdns home-webserver home64 in-berlin in-brb in-butter in-dsl in-vpn internet-dns io.noc.ruhr-uni-bochum ipv64 iservschule isteingeek istmein keymachine l-o-g-i-n lcube-server lebtimnetz leitungsen lima-city logoip mein-iserv my-gateway my-router my myhome-server myspreadshop pages-research.it.hs-heilbronn pages.it.hs-heilbronn rub ruhr-uni-bochum schuldock schulplattform schulserver spdns square7 srvdns svn-repos taifun-dns test-iserv traeumtgerade virtual-user virtualuser webspaceconfig xenonconnect xn--gnstigbestellen-zvb xn--gnstigliefern-wob
design bss graphic
dev *.*.crm *.gateway *.inbrowser *.lcl *.lclstage *.replit *.s.brave *.stg *.stgstage *.teams.replit *.user.localcert *.webhare abyme api.lp barsy bearblog botdash brave codepen deno-staging deno erp fly gateway githubpreview grebedoc hrsn inbrowser is-a-fullstack is-a-good is-a is-cool is-not-a iserv lcl lclstage leapcell localplayer loginline lp mediatech mocha-sandbox modx myaddr ngrok-free ngrok objects.lp pagelemon pages panel payload platter-app r2 relay.evervault reliantlabs reliantpreview replit runcontainers s.brave sites.reliantlabs stg stgstage t3.storage t3.storageapi teams.replit uncld user.localcert vercel vivenushop web.erp webhare workers xmit
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
eu *.nxa *.transurl auth.cognito-idp.eusc-de-east-1.on.amazonwebservices barsy cloudns deuxfleurs directwp dnshome jelastic.dogado nxa prvw spdns transfer-webapp.eusc-de-east-1.on.amazonwebservices transurl
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
gg *.at.ply at.ply botdash d6.ply daemon.panel kaas panel stackit
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
host app.amba bolt cdn.amba cloudaccess easypanel emergent fastvps fn.amba freesite gadget go.amba half iserv jele mircloud myfast tempurl voati wp2 wpmudev
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
io *.azurecontainer *.moonscale *.on-k3s *.on-rio *.raw.icp0 *.raw.icp1 *.s.brave *.stolos *.sys.qcx 2038 ap.ngrok apigee apps.lair au.ngrok azurecontainer b-data barsy basicserver beagleboard bitbucket bluebite boxfuse brave browsersafetymark bubbleapps cdn.bubble cleverapps client.scrypted cloudbeesusercontent cust.dev.thingdust cust.disrec.thingdust cust.prod.thingdust cust.testing.thingdust darklang dedyn definima devices.resinstaging drive-platform dyndns.dappnode editorx edugit eu.ngrok fh-muenster gitbook github gitlab hasura-app hostyhosting hypernode icp0 icp1 id.forgerock in.ngrok jele jp.ngrok keenetic kiloapps loginline lolipop mailerpage mo-siemens mock.pstmn moonscale musician myaddr myrdbx ngrok nom on-k3s on-rio paas.beebyte pantheonsite pstmn qcx qoto qzz raw.icp0 raw.icp1 readthedocs reservd.dev.thingdust reservd.disrec.thingdust reservd.testing.thingdust resindevice s.brave sa.ngrok sandcats sekd1.beebyteapp site.rb-hosting stage.nodeart stolos subscribepage sys.qcx telebit terramind tickets us.ngrok utwente vaporcloud virtualserver webflow webflowtest webthings wixstudio wz
ir arvanedge id sch vistablog xn--mgba3a4f16a xn--mgba3a4fra
it 123homepage 16-b 32-b 64-b abr abruzzo ag agrigento al alessandria alto-adige altoadige an ancona andria-barletta-trani andria-trani-barletta andriabarlettatrani andriatranibarletta ao aosta-valley aosta aostavalley aoste ap aq ar arezzo ascoli-piceno ascolipiceno asti at av avellino ba balsan-sudtirol balsan-suedtirol balsan bari barletta-trani-andria barlettatraniandria bas basilicata belluno benevento bergamo bg bi biella bl bn bo bologna bolzano-altoadige bolzano bozen-sudtirol bozen-suedtirol bozen br brescia brindisi bs bt bulsan-sudtirol bulsan-suedtirol bulsan bz ca cagliari cal calabria caltanissetta cam campania campidano-medio campidanomedio campobasso carbonia-iglesias carboniaiglesias carrara-massa carraramassa caserta catania catanzaro cb ce cesena-forli cesenaforli ch chieti ci cl cn como cosenza cr cremona crotone cs ct cuneo cz dell-ogliastra dellogliastra dnshome emilia-romagna emiliaromagna emr en enna fc fe fermo ferrara fg fi firenze florence fm foggia forli-cesena forlicesena fr friuli-v-giulia friuli-ve-giulia friuli-vegiulia friuli-venezia-giulia friuli-veneziagiulia friuli-vgiulia friuliv-giulia friulive-giulia friulivegiulia friulivenezia-giulia friuliveneziagiulia friulivgiulia frosinone fvg ge genoa genova go gorizia gr grosseto ibxos iglesias-carbonia iglesiascarbonia iliadboxos im imperia is isernia jc.neen kr la-spezia laquila laspezia latina laz lazio lc le lecce lecco li lig liguria livorno lo lodi lom lombardia lombardy lt lu lucania lucca macerata mantova mar marche massa-carrara massacarrara matera mb mc me medio-campidano mediocampidano messina mi milan milano mn mo modena mol molise monza-brianza monza-e-della-brianza monza monzabrianza monzaebrianza monzaedellabrianza ms mt myspreadshop na naples napoli no novara nu nuoro og ogliastra olbia-tempio olbiatempio or oristano ot pa padova padua palermo parma pavia pc pd pe perugia pesaro-urbino pesarourbino pescara pg pi piacenza piedmont piemonte pisa pistoia pmn pn po pordenone potenza pr prato pt pu pug puglia pv pz ra ragusa ravenna rc re reggio-calabria reggio-emilia reggiocalabria reggioemilia rg ri rieti rimini rm rn ro roma rome rovigo sa salerno sar sardegna sardinia sassari savona si sic sicilia sicily siena siracusa so sondrio sp sr ss su sud-sardegna sudsardegna suedtirol sv syncloud ta taa taranto te tempio-olbia tempioolbia teramo terni tn to torino tos toscana tp tr trani-andria-barletta trani-barletta-andria traniandriabarletta tranibarlettaandria trapani trentin-sud-tirol trentin-sudtirol trentin-sued-tirol trentin-suedtirol trentino-a-adige trentino-aadige trentino-alto-adige trentino-altoadige trentino-s-tirol trentino-stirol trentino-sud-tirol trentino-sudtirol trentino-sued-tirol trentino-suedtirol trentino trentinoa-adige trentinoaadige trentinoalto-adige trentinoaltoadige trentinos-tirol trentinostirol trentinosud-tirol trentinosued-tirol trentinosuedtirol trentinsud-tirol trentinsudtirol trentinsued-tirol trentinsuedtirol trento treviso trieste ts turin tuscany tv ud udine umb umbria urbino-pesaro urbinopesaro va val-d-aosta val-daosta vald-aosta valle-aosta valle-d-aosta valle-daosta valleaosta valled-aosta valledaosta vallee-aoste vallee-d-aoste valleeaoste valleedaoste vao varese vb vc vda ve ven veneto venezia venice verbania verbano-cusio-ossola vercelli verona vi vibo-valentia vibovalentia vicenza viterbo vr vs vt vv xn--balsan-sdtirol-nsb xn--bozen-sdtirol-2ob xn--bulsan-sdtirol-nsb xn--cesena-forl-mcb xn--cesenaforl-i8a xn--forl-cesena-fcb xn--forlcesena-c8a xn--sdtirol-n2a xn--trentin-sd-tirol-rzb xn--trentin-sdtirol-7vb xn--trentino-sd-tirol-c3b xn--trentino-sdtirol-szb xn--trentinosd-tirol-rzb xn--trentinosdtirol-7vb xn--trentinsd-tirol-6vb xn--trentinsdtirol-nsb xn--valle-aoste-ebb xn--valle-d-aoste-ehb xn--valleaoste-e7a xn--valledaoste-ebb
je of
jm *
jo agri ai eng fm per phd sch tv
jp *.aichi *.akita *.aomori *.chiba *.ehime *.fukuoka *.fukushima *.gifu *.gunma *.hiroshima *.hokkaido *.hyogo *.ibaraki *.iwate *.kanagawa *.kawasaki *.kitakyushu *.kobe *.kochi *.kumamoto *.kyoto *.mie *.miyagi *.miyazaki *.nagano *.nagasaki *.nagoya *.nara *.niigata *.okayama *.okinawa *.osaka *.saga *.saitama *.sapporo *.sendai *.shiga *.shimane *.shizuoka *.tochigi *.tokyo *.toyama *.wakayama *.yamagata *.yamanashi *.yokohama 0am 0g0 0j0 0t0 2-d abu.yamaguchi ad aizumi.tokushima akune.kagoshima amami.kagoshima anamizu.ishikawa anan.tokushima angry ayagawa.kagawa babyblue babymilk backdrop bambina beppu.oita bitter blush bona boo boy boyfriend bungoono.oita bungotakada.oita but buyshop candypop capoo catfood cheap chicappa chillout chips chizu.tottori chowder chu ciao cocotte coolblog cranky crap cutegirl daa daynight deca deci digick echizen.fukui ed eek egoism eiheiji.fukui fakefur fashionstore fem flier flop floppy fool frenchkiss fukui.fukui fukui gehirn.ne girlfriend girly gloomy go gonna gr greater hacca hagi.yamaguchi hakui.ishikawa hakusan.ishikawa halfmoon handcrafted hasama.oita hateblo hatenablog hatenadiary heavy her higashikagawa.kagawa hiho hiji.oita hikari.yamaguchi himeshima.oita hino.tottori hioki.kagoshima hippy hita.oita hofu.yamaguchi holy hungry ichiba.tokushima icurus ikeda.fukui isa.kagoshima isen.kagoshima ishikawa itano.tokushima itigo ivory.ne iwakuni.yamaguchi izumi.kagoshima jeez jellybean kaga.ishikawa kagawa kagoshima kagoshima.kagoshima kahoku.ishikawa kainan.tokushima kamitsue.oita kanazawa.ishikawa kanonji.kagawa kanoya.kagoshima katsuyama.fukui kawahara.tottori kawaiishop kawakita.ishikawa kawanabe.kagoshima kawasaki kikirara kill kilo kinko.kagoshima kitakyushu kobe koge.tottori kokonoe.oita komatsu.ishikawa komatsushima.tokushima kotohira.kagawa kotoura.tottori kouyama.kagoshima kudamatsu.yamaguchi kuju.oita kunisaki.oita kuron kusu.oita lg littlestar lolipopmc lolitapunk lomo lovepop lovesick mail-box.ne main makurazaki.kagoshima manno.kagawa marugame.kagawa matrix matsumoto.kagoshima matsushige.tokushima mihama.fukui mima.tokushima mimoza minami.tokushima minamiechizen.fukui minamitane.kagoshima mints.ne misasa.tottori mitou.yamaguchi mitoyo.kagawa miyoshi.tokushima mods mokuren.ne mond mongolian moo mugi.tokushima mydns nagato.yamaguchi nagoya nakagawa.tokushima nakanoto.ishikawa nakatane.kagoshima namaste nanao.ishikawa nanbu.tottori naoshima.kagawa naruto.tokushima ne netgamers nichinan.tottori nikita nishinoomote.kagoshima nobushi nomi.ishikawa nonoichi.ishikawa noor noto.ishikawa nyanta o0o0 obama.fukui ohi.fukui oita oita.oita ono.fukui oops opal.ne or oshima.yamaguchi parallel parasite pecori peewee penne pepper perma pgw pigboat pinoko punyu pupu pussycat pya raindrop rdy readymade rgr rs.webaccel rulez s3.isk01.sakurastorage s3.isk02.sakurastorage sabae.fukui sadist saiki.oita sakai.fukui sakaiminato.tottori sakura.ne saloon sanagochi.tokushima sanuki.kagawa sapporo satsumasendai.kagoshima sblo schoolbus secret sendai shika.ishikawa shimonoseki.yamaguchi shishikui.tokushima shunan.yamaguchi skr soo.kagoshima staba stripper sub sumomo.ne sunnyday supersale suzu.ishikawa tabuse.yamaguchi tadotsu.kagawa takahama.fukui takamatsu.kagawa taketa.oita tank tarumizu.kagoshima theshop thick tokushima tokushima.tokushima tokuyama.yamaguchi tonkotsu tonosho.kagawa topaz.ne tottori tottori.tottori toyota.yamaguchi tsubata.ishikawa tsukumi.oita tsuruga.fukui tsurugi.ishikawa ube.yamaguchi uchinada.ishikawa uchinomi.kagawa uh-oh under undo upper usa.oita user.aseinet.ne user.webaccel usercontent usuki.oita utazu.kagawa velvet verse versus vivian wajiki.tokushima wajima.ishikawa wakasa.fukui wakasa.tottori watson weblike websozai whitesnow wjg xii xn--0trq7p7nn xn--1ctwo xn--1lqs03n xn--1lqs71d xn--2m4a15e xn--32vp30h xn--4it168d xn--4it797k xn--4pvxs xn--5js045d xn--5rtp49c xn--5rtq34k xn--6btw5a xn--6orx2r xn--7t0a264c xn--8ltr62k xn--8pvr4u xn--c3s14m xn--d5qv7z876c xn--djrs72d6uy xn--djty4k xn--efvn9s xn--ehqz56n xn--elqq16h xn--f6qx53a xn--k7yn95e xn--kbrq7o xn--klt787d xn--kltp7d xn--kltx9a xn--klty5x xn--mkru45i xn--nit225k xn--ntso0iqx3a xn--ntsq17g xn--pssu33l xn--qqqt11m xn--rht27z xn--rht3d xn--rht61e xn--rny31h xn--tor131o xn--uist22h xn--uisz3g xn--uuwu58a xn--vgu402c xn--zbx025d yamaguchi yazu.tottori yokohama yonago.tottori yufu.oita yusui.kagoshima yuu.yamaguchi zentsuji.kagawa zombie
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
net *.*.azurewebsites *.c.ts *.hosting.ovh *.icp *.localto *.webpaas.ovh 1.azurestaticapps 2.azurestaticapps 3.azurestaticapps 4.azurestaticapps 5.azurestaticapps 6.azurestaticapps 7.azurestaticapps a.prod.fastly a.ssl.fastly adobeaemcloud adobeio-static adobeioruntime akadns akamai-staging akamai akamaiedge-staging akamaiedge akamaihd-staging akamaihd akamaiorigin-staging akamaiorigin akamaized-staging akamaized alwaysdata apps-1and1 appudo at-band-camp atl.jelastic.vps-host azure-api azure-mobile azureedge azurefd azurestaticapps b.ssl.fastly barsy blackbaudcdn blob.core.usgovcloudapi blob.core.windows blogdns boomla botdash bounceme bplaced broke-it buyshouses c.ts casacam cdn-edges cdn.cloudflare cdn.cloudflareanycast cdn.cloudflarecn cdn.cloudflareglobal cdn.prod.atlassian-dev cdn77-ssl centralus.azurestaticapps channelsdvr clickrising cloudaccess cloudapp cloudflare cloudfront cloudfunctions cloudjiffy cloudycluster community-pro ctfcloud dattolocal ddns-ip ddns de5 debian definima deno dns-cloud dns-dynamic dnsalias dnsdojo dnsup does-it dontexist dsmynas dynalias dynathome dynu dynuddns dynv6 eastasia.azurestaticapps eastus2.azurestaticapps eating-organic edgekey-staging edgekey edgesuite-staging edgesuite endofinternet familyds fastlylb feste-ip file.core.usgovcloudapi file.core.windows firewall-gateway fr-1.paas.massivegrid fra1-de.cloudjiffy freetls.fastly from-az from-co from-la from-ny gb gets-it ggff global.prod.fastly global.ssl.fastly grafana-dev ham-radio-op heteml hicam homeftp homeip homelinux homeunix hosting.ovh hu icp in-dsl in-the-band in-vpn in iobb ipifony ipv64 is-a-chef is-a-geek isa-geek j.scaleforce jelastic.saveincloud jls-sto1.elastx jls-sto2.elastx jls-sto3.elastx jp keyword-on kicks-ass kinghost knx-server krellian live-on localcert localto lon-1.paas.massivegrid lon-2.paas.massivegrid luyani mafelo map.fastly map.fastlylb meinforum memset moonscale myamaze mydatto mydissent myeffect myfritz mymediapc mypsx myradweb mysecuritycamera myspreadshop mysynology nhlfan njs.jelastic.vps-host no-ip nordeste-idc.saveincloud now-dns ny-1.paas.massivegrid ny-2.paas.massivegrid office-on-the oninferno opik ownip pages.torproject pgafan podzone privatizehealthinsurance r.cdn77 rackmaze redirectme reserve-online ric.jelastic.vps-host routingthecloud ru sandbox.deno schokokeks scrapper-site se seidat selfip sells-it senseering servebbs serveblog serveftp serveminecraft server-on servicebus.usgovcloudapi servicebus.windows sg-1.paas.massivegrid shopselect siteleaf sn.mynetname soc.srcf spryt square7 squares static-access storage.yandexcloud subsc-pay supabase sytes thruhere torproject trafficmanager ts tunnelmole twmail u.channelsdvr uk uni5 user.srcf usgovcloudapp usgovtrafficmanager vpndns vps-host vps.hrsn vusercontent web.core.usgovcloudapi web.core.windows webhop webpaas.ovh website.yandexcloud west1-us.cloudjiffy westeurope.azurestaticapps westus2.azurestaticapps yandexcloud za zabc
network *.alces aem alces appwrite arvo azimuth co tlon
new *.builtwithrocket builtwithrocket
news noticeable
nf arts firm info other per rec store web
ng biz co.biz col dl.biz firm gen go.biz i lg.biz ltd mobi name ngo on.biz plc sch
ni biz gob in info int nom web
nl *.transurl 123website cistron demon hosting-cluster khplay myspreadshop site.hosting-cluster transurl
no 123hjemmeside aa aarborte aejrie afjord agdenes ah aknoluokta akrehamn al alaheadju alesund algard alstahaug alta alvdal amli amot andasuolo andebu andoy ardal aremark arendal arna aseral asker askim askoy askvoll asnes audnedal aukra aure aurland aurskog-holand austevoll austrheim averoy badaddja bahcavuotna bahccavuotna baidar bajddar balat balestrand ballangen balsfjord bamble bardu barum batsfjord bearalvahki beardu beiarn berg bergen berlevag bievat bindal birkenes bjerkreim bjugn bo.nordland bo.telemark bodo bokn bomlo bremanger bronnoy bronnoysund brumunddal bryne bu budejju bygland bykle cahcesuolo davvenjarga davvesiida deatnu dep dielddanuorri divtasvuodna divttasvuotna donna dovre drammen drangedal drobak dyroy egersund eid eidfjord eidsberg eidskog eidsvoll eigersund elverum enebakk engerdal etne etnedal evenassi evenes evje-og-hornnes farsund fauske fedje fet fetsund fhs finnoy fitjar fjaler fjell fla flakstad flatanger flekkefjord flesberg flora floro fm folkebibl folldal forde forsand fosnes frana fredrikstad frogn froland frosta froya fuoisku fuossko fusa fylkesbibl fyresdal gaivuotna galsa gamvik gangaviika gaular gausdal giehtavuoatna gielda gildeskal giske gjemnes gjerdrum gjerstad gjesdal gjovik gloppen gol gran grane granvin gratangen grimstad grong grue gs.aa gs.ah gs.bu gs.fm gs.hl gs.hm gs.jan-mayen gs.mr gs.nl gs.nt gs.of gs.ol gs.oslo gs.rl gs.sf gs.st gs.svalbard gs.tm gs.tr gs.va gs.vf gulen guovdageaidnu ha habmer hadsel hagebostad halden halsa hamar hamaroy hammarfeasta hammerfest hapmir haram hareid harstad hasvik hattfjelldal haugesund hemne hemnes hemsedal herad heroy.more-og-romsdal heroy.nordland hitra hjartdal hjelmeland hl hm hobol hof hokksund hol hole holmestrand holtalen honefoss hornindal horten hoyanger hoylandet hurdal hurum hvaler hyllestad ibestad idrett inderoy iveland ivgu jan-mayen jessheim jevnaker jolster jondal jorpeland kafjord karasjohka karasjok karlsoy karmoy kautokeino kirkenes klabu klepp kommune kongsberg kongsvinger kopervik kraanghke kragero kristiansand kristiansund krodsherad krokstadelva kvafjord kvalsund kvam kvanangen kvinesdal kvinnherad kviteseid kvitsoy laakesvuemie lahppi langevag lardal larvik lavagis lavangen leangaviika lebesby leikanger leirfjord leirvik leka leksvik lenvik lerdal lesja levanger lier lierne lillehammer lillesand lindas lindesnes loabat lodingen lom loppa lorenskog loten lund lunner luroy luster lyngdal lyngen malatvuopmi malselv malvik mandal marker marnardal masfjorden masoy matta-varjjat meland meldal melhus meloy meraker midsund midtre-gauldal mjondalen mo-i-rana moareke modalen modum molde mosjoen moskenes moss mr muosat museum myspreadshop naamesjevuemie namdalseid namsos namsskogan nannestad naroy narviika narvik naustdal navuotna nedre-eiker nes.akershus nes.buskerud nesna nesodden nesoddtangen nesseby nesset nissedal nittedal nl nord-aurdal nord-fron nord-odal norddal nordkapp nordre-land nordreisa nore-og-uvdal notodden notteroy nt odda of oksnes ol omasvuotna oppdal oppegard orkanger orkdal orland orskog orsta os.hedmark os.hordaland osen oslo osoyro osteroy ostre-toten overhalla ovre-eiker oyer oygarden oystre-slidre porsanger porsangu porsgrunn priv rade radoy rahkkeravju raholt raisa rakkestad ralingen rana randaberg rauma re rendalen rennebu rennesoy rindal ringebu ringerike ringsaker risor rissa rl roan rodoy rollag romsa romskog roros rost royken royrvik ruovat rygge salangen salat saltdal samnanger sande.more-og-romsdal sande.vestfold sande.xn--mre-og-romsdal-qqb sandefjord sandnes sandnessjoen sandoy sarpsborg sauda sauherad sel selbu selje seljord sf siellak sigdal siljan sirdal skanit skanland skaun skedsmo skedsmokorset ski skien skierva skiptvet skjak skjervoy skodje slattum smola snaase snasa snillfjord snoasa sogndal sogne sokndal sola solund somna sondre-land songdalen sor-aurdal sor-fron sor-odal sor-varanger sorfold sorreisa sortland sorum spjelkavik spydeberg st stange stat stathelle stavanger stavern steigen steinkjer stjordal stjordalshalsen stokke stor-elvdal stord stordal storfjord strand stranda stryn sula suldal sund sunndal suohkan surnadal svalbard sveio svelvik sykkylven tana tananger time tingvoll tinn tjeldsund tjielte tjome tm tokke tolga tonsberg torsken tr trana tranby tranoy troandin trogstad tromsa tromso trondheim trysil tvedestrand tydal tynset tysfjord tysnes tysvar uenorge ullensaker ullensvang ulstein ulvik unjarga utsira va vaapste vadso vaga vagan vagsoy vaksdal valer.hedmark valer.ostfold valle vang vanylven vardo varggat varoy vefsn vega vegarshei vennesla verdal verran vestby vestnes vestre-slidre vestre-toten vestvagoy vevelstad vf vgs vik vikna vindafjord voagat volda voss vossevangen xn--andy-ira xn--asky-ira xn--aurskog-hland-jnb xn--avery-yua xn--b-5ga.nordland xn--b-5ga.telemark xn--bdddj-mrabd xn--bearalvhki-y4a xn--berlevg-jxa xn--bhcavuotna-s4a xn--bhccavuotna-k7a xn--bidr-5nac xn--bievt-0qa xn--bjddar-pta xn--blt-elab xn--bmlo-gra xn--bod-2na xn--brnny-wuac xn--brnnysund-m8ac xn--brum-voa xn--btsfjord-9za xn--davvenjrga-y4a xn--dnna-gra xn--drbak-wua xn--dyry-ira xn--eveni-0qa01ga xn--finny-yua xn--fjord-lra xn--fl-zia xn--flor-jra xn--frde-gra xn--frna-woa xn--frya-hra xn--ggaviika-8ya47h xn--gildeskl-g0a xn--givuotna-8ya xn--gjvik-wua xn--gls-elac xn--h-2fa xn--hamary-fya xn--hbmer-xqa xn--hcesuolo-7ya35b xn--hery-ira.nordland xn--hery-ira.xn--mre-og-romsdal-qqb xn--hgebostad-g3a xn--hmmrfeasta-s4ac xn--hnefoss-q1a xn--hobl-ira xn--holtlen-hxa xn--hpmir-xqa xn--hyanger-q1a xn--hylandet-54a xn--indery-fya xn--jlster-bya xn--jrpeland-54a xn--karlsy-fya xn--karmy-yua xn--kfjord-iua xn--klbu-woa xn--koluokta-7ya57h xn--krager-gya xn--kranghke-b0a xn--krdsherad-m8a xn--krehamn-dxa xn--krjohka-hwab49j xn--ksnes-uua xn--kvfjord-nxa xn--kvitsy-fya xn--kvnangen-k0a xn--l-1fa xn--laheadju-7ya xn--langevg-jxa xn--ldingen-q1a xn--leagaviika-52b xn--lesund-hua xn--lgrd-poac xn--lhppi-xqa xn--linds-pra xn--loabt-0qa xn--lrdal-sra xn--lrenskog-54a xn--lt-liac xn--lten-gra xn--lury-ira xn--mely-ira xn--merker-kua xn--mjndalen-64a xn--mlatvuopmi-s4a xn--mli-tla xn--mlselv-iua xn--moreke-jua xn--mosjen-eya xn--mot-tla xn--msy-ula0h xn--mtta-vrjjat-k7af xn--muost-0qa xn--nmesjevuemie-tcba xn--nry-yla5g xn--nttery-byae xn--nvuotna-hwa xn--oppegrd-ixa xn--ostery-fya xn--osyro-wua xn--porsgu-sta26f xn--rady-ira xn--rdal-poa xn--rde-ula xn--rdy-0nab xn--rennesy-v1a xn--rhkkervju-01af xn--rholt-mra xn--risa-5na xn--risr-ira xn--rland-uua xn--rlingen-mxa xn--rmskog-bya xn--rros-gra xn--rskog-uua xn--rst-0na xn--rsta-fra xn--ryken-vua xn--ryrvik-bya xn--s-1fa xn--sandnessjen-ogb xn--sandy-yua xn--seral-lra xn--sgne-gra xn--skierv-uta xn--skjervy-v1a xn--skjk-soa xn--sknit-yqa xn--sknland-fxa xn--slat-5na xn--slt-elab xn--smla-hra xn--smna-gra xn--snase-nra xn--sndre-land-0cb xn--snes-poa xn--snsa-roa xn--sr-aurdal-l8a xn--sr-fron-q1a xn--sr-odal-q1a xn--sr-varanger-ggb xn--srfold-bya xn--srreisa-q1a xn--srum-gra xn--stjrdal-s1a xn--stjrdalshalsen-sqb xn--stre-toten-zcb xn--tjme-hra xn--tnsberg-q1a xn--trany-yua xn--trgstad-r1a xn--trna-woa xn--troms-zua xn--tysvr-vra xn--unjrga-rta xn--vads-jra xn--vard-jra xn--vegrshei-c0a xn--vestvgy-ixa6o xn--vg-yiab xn--vgan-qoa xn--vgsy-qoa0j xn--vler-qoa.hedmark xn--vler-qoa.xn--stfold-9xa xn--vre-eiker-k8a xn--vrggt-xqad xn--vry-yla5g xn--yer-zna xn--ygarden-p1a xn--ystre-slidre-ujb
now dyn here tmp
np *
nr biz info
nu enterprisecloud merseine mine shacknet
nz cloudns cri geek gen govt health iwi kiwi maori parliament school xn--mori-qsa
om med museum pro
one *.kin kin service website
online barsy book eero-stage eero heimdns leapcell websitebuilder
orange tech
org accesscam ae al.eu altervista app.os.fedoraproject app.os.stg.fedoraproject asso.eu at.eu au.eu barsy be.eu beta.wmcloud bg.eu blogdns blogsite bmoattachments boldlygoingnowhere c.cdn77 ca.eu cable-modem camdvr cd.eu ch.eu cloud.fedoraproject cloudns cn.eu collegefan couchpotatofries cy.eu cz.eu ddnss de.eu dk.eu dnsalias dnsdojo doesntexist dontexist doomdns dpdns dsmynas duckdns dvrdns dynalias dyndns dynserv edu.eu ee.eu endofinternet endoftheinternet es.eu eu familyds fedorainfracloud fedorapeople fi.eu fr.eu freeddns freedesktop from-me fspages game-host go.dyndns gotdns gr.eu hatenadiary hepforge hk hobby-site home.dyndns homedns homeftp homelinux homeunix hopto hr.eu httpbin hu.eu ie.eu il.eu in-dsl in-vpn in.eu int.eu ip-dynamic is-a-bruinsfan is-a-candidate is-a-celticsfan is-a-chef is-a-geek is-a-knight is-a-linux-user is-a-patsfan is-a-soxfan is-found is-local is-lost is-saved is-very-bad is-very-evil is-very-good is-very-nice is-very-sweet is.eu isa-geek it.eu jp.eu jpn js kicks-ass kr.eu lt.eu lu.eu lv.eu me.eu misconfused mk.eu mlbfan mt.eu my-firewall my.eu myfirewall myftp mysecuritycamera mywire net.eu nflfan ng.eu nl.eu no-ip no.eu now-dns nz.eu pimienta pl.eu podzone poivron potager pt.eu pubtls read-books readmyblog ro.eu routingthecloud roxa rsc.cdn77 ru.eu s3.teckids se.eu selfip sellsyourhome servebbs serveftp servegame si.eu sk.eu small-web spdns ssl.origin.cdn77-secure stuff-4-sale sweetpepper toolforge tr.eu tunk tuxfamily twmail ufcfan uk.eu us.eu us webhop webredirect wmcloud wmflabs wz za zapto
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
pl agro aid ap.gov art atm augustow auto babia-gora bedzin beep beskidy bialowieza bialystok bielawa bielsko bieszczady biz boleslawiec bydgoszcz bytom cfolks cieszyn czeladz czest dfirma dkonto dlugoleka ecommerce-shop elblag elk gda gdansk gdynia gliwice glogow gmina gniezno gorlice grajewo griw.gov gsm homesklep ic.gov ilawa info iqhs is.gov jaworzno jelenia-gora jgora kalisz karpacz kartuzy kaszuby katowice kazimierz-dolny kepno ketrzyn klodzko kmpsp.gov kobierzyce kolobrzeg konin konskowola konsulat.gov kppsp.gov krakow krasnik kutno kwp.gov kwpsp.gov lapy lebork leczna legnica lezajsk limanowa lodz lomza lowicz lubartow lubin lublin lukow mail malbork malopolska mazowsze mazury med media miasta mielec mielno mragowo mup.gov mw.gov myspreadshop naklo nieruchomosci nom nowaruda nysa oia.gov oirm.gov oke.gov olawa olecko olkusz olsztyn oow.gov opoczno opole oschr.gov ostroda ostroleka ostrowiec ostrowwlkp oum.gov pa.gov pabianice pc pila pinb.gov pisz piw.gov plock po.gov podhale podlasie polkowice pomorskie pomorze poniatowa powiat poznan pr.gov priv prochowice pruszkow przeworsk psp.gov psse.gov pulawy pup.gov radom rawa-maz realestate rel rybnik rzeszow rzgw.gov sa.gov sanok sdn.gov sdscloud sejny sex shop shoparena sieradz simplesite skierniewice sklep sko.gov skoczow slask slupsk so.gov sopot sos sosnowiec sr.gov stalowa-wola starachowice stargard starostwo.gov suwalki swidnica swidnik swiebodzin swinoujscie szczecin szczytno szkola targi tarnobrzeg tgory tm torun tourism travel turek turystyka tychy ug.gov ugim.gov um.gov umig.gov unicloud upow.gov uppo.gov us.gov ustka uw.gov uzs.gov walbrzych warmia warszawa waw wegrow wielun wif.gov wiih.gov winb.gov wios.gov witd.gov wiw.gov wkz.gov wlocl wloclawek wodzislaw wolomin wroc wroclaw wsa.gov wskr.gov wsse.gov wuoz.gov wzmiuw.gov you2 zachpomor zagan zakopane zarow zgierz zgora zgorzelec zp.gov zpisdn.gov
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
sh bearly botda ent.platform eu.platform hashbang lovable now surge teleport us.platform
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
ua biz cc cherkassy cherkasy chernigov chernihiv chernivtsi chernovtsy ck cn cr crimea cv cx dn dnepropetrovsk dnipropetrovsk donetsk dp if in inf ivano-frankivsk kh kharkiv kharkov kherson khmelnitskiy khmelnytskyi kiev kirovograd km kr kropyvnytskyi krym ks kv kyiv lg lt ltd lugansk luhansk lutsk lv lviv mk mykolaiv nikolaev od odesa odessa pl poltava pp rivne rovno rv sb sebastopol sevastopol sm sumy te ternopil uz uzhgorod uzhhorod v vinnica vinnytsia vn volyn yalta zakarpattia zaporizhzhe zaporizhzhia zhitomir zhytomyr zp zt
ug go ne or sc us
uk *.oraclegovcloudapps *.sch adimo.co affinitylottery.org api.gov barsy.co barsy barsyonline.co campaign.gov conn copro cust.retrosnub.co glug.org hosp independent-commission independent-inquest independent-inquiry independent-panel independent-review j.layershift.co ltd lug.org lugs.org me myspreadshop.co nh-serv.co nhs nimsite no-ip.co oraclegovcloudapps plc police public-inquiry pymnt raffleentry.org royal-commission sch service.gov weeklylottery.org
us aberdeen.wa ak al ann-arbor.mi ar as aws-gov.databricksapps az azure-api azurewebsites bainbridge-isl.wa bellevue.wa bremerton.wa ca cc.ak cc.al cc.ar cc.as cc.az cc.ca cc.co cc.ct cc.dc cc.de cc.fl cc.ga cc.gu cc.hi cc.ia cc.id cc.il cc.in cc.ks cc.ky cc.la cc.ma cc.md cc.me cc.mi cc.mn cc.mo cc.ms cc.mt cc.nc cc.ne cc.nh cc.nj cc.nm cc.nv cc.ny cc.oh cc.ok cc.or cc.pa cc.pr cc.ri cc.sc cc.sd cc.tn cc.tx cc.ut cc.va cc.vi cc.vt cc.wa cc.wi cc.wv cc.wy centralia.wa chehalis.wa chtr.k12.ma cloudns cog.mi ct dc de dni dst.mi eaton.mi fl forks.wa freeddns ga gen.mi gh.srv gig-harbor.wa gl.srv golffan gu heliohost hi hoquiam.wa ia id il in is-by isa k12.ak k12.al k12.ar k12.as k12.az k12.ca k12.co k12.ct k12.dc k12.fl k12.ga k12.gu k12.ia k12.id k12.il k12.in k12.ks k12.ky k12.la k12.ma k12.md k12.me k12.mi k12.mn k12.mo k12.ms k12.mt k12.nc k12.ne k12.nh k12.nj k12.nm k12.nv k12.ny k12.oh k12.ok k12.or k12.pa k12.pr k12.sc k12.tn k12.tx k12.ut k12.va k12.vi k12.vt k12.wa k12.wi k12.wy keyport.wa kingston.wa ks ky la land-4-sale lib.ak lib.al lib.ar lib.as lib.az lib.ca lib.co lib.ct lib.dc lib.fl lib.ga lib.gu lib.hi lib.ia lib.id lib.il lib.in lib.ks lib.ky lib.la lib.ma lib.md lib.me lib.mi lib.mn lib.mo lib.mt lib.nc lib.ne lib.nh lib.nj lib.nm lib.nv lib.ny lib.oh lib.ok lib.or lib.pa lib.pr lib.ri lib.sc lib.sd lib.tn lib.tx lib.ut lib.va lib.vi lib.vt lib.wa lib.wi lib.wy ma md me mi mircloud mn mo ms mt mus.mi nc nd ne ngo nh nj nm noip nsn nv ny oh ok olympia.wa or pa paroch.k12.ma phx.enscaled pointto port-angeles.wa port-ludlow.wa port-orchard.wa port-townsend.wa poulsbo.wa pr pvt.k12.ma redmond.wa renton.wa ri sc sd sea.wa seattle.wa sequim.wa servername shelton.wa silverdale.wa srv stuff-4-sale tec.mi tn tx ut va vi vt wa washtenaw.mi wi wv wy yarrow-point.wa
uy gub gv
vc *.0e 0e d.gv gv mydns
ve arts bib e12 emprende firm gob ia info int nom rar rec store tec web
vi k12
vip hidns
vn ad ai angiang ap bacgiang backan baclieu bacninh baria-vungtau bentre binhdinh binhduong binhphuoc binhthuan biz camau cantho caobang daklak daknong danang dienbien dongnai dongthap gialai hagiang haiduong haiphong hanam hanoi hatinh haugiang health hoabinh hue hungyen id info int io khanhhoa kiengiang kontum laichau lamdong langson laocai longan namdinh name nghean ninhbinh ninhthuan on phutho phuyen pro quangbinh quangnam quangngai quangninh quangtri soctrang sonla tayninh thaibinh thainguyen thanhhoa thanhphohochiminh thuathienhue tiengiang travinh tuyenquang vinhlong vinhphuc yenbai
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

/*! The public suffix list of publicsuffix.org, cut down. Mozilla Public License 2.0. */
// Made by tests/web/fixtures/public-suffix-list.js; what it means is in ../public-suffix.js.

/** A line for each top-level domain. */
export const SUFFIXES = `
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
`;

/** The same; a line of one word is about the whole top-level domain. */
export const MIXED = `
net azurewebsites fastly jelastic.vps-host usgovcloudapi windows massivegrid saveincloud elastx srcf
no
org fedoraproject cdn77
`;

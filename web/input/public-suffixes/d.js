/*! The public suffix list of publicsuffix.org, cut down. Mozilla Public License 2.0. */
// Made by tests/web/fixtures/public-suffix-list.js; what it means is in ../public-suffix.js.

/** A line for each top-level domain. */
export const SUFFIXES = `
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
`;

/** The same; a line of one word is about the whole top-level domain. */
export const MIXED = `
de it.hs-heilbronn
dev
eu amazonwebservices
`;
